"""What pictures are called: names of files, icons and emoji made into words a person would type. Pure."""

import re
from collections.abc import Collection, Iterable

_STYLE_WORDS = frozenset(
    """outline outlined filled fill regular bold thin light duotone duo linear broken twotone sharp rounded round rtl
    ltr solid alt variant symbolic 16px 24px 32px 48px stroke line color colour colored coloured colours colors flat
    icon icons px svg png new old clipart clip art image img pic picture theme gnome kde stock gtk gnu hc preferences
    application applications vnd xsi emblem remix freehand contour silhouette architetto francesco rollandin aurelien
    vector dunno unsorted misc hash openclipart inkscape scalable xfce xapp mate nuvola crystal lemon
    generic symbols unknown default sample mini small large big tiny normal draft""".split()
)
"""Words in the names of icons and drawings that say how they are drawn or filed, not what they show."""

_INTERFACE_WORDS = frozenset(
    """add remove edit delete open close save undo redo copy paste cut insert append toggle enable disable enabled
    disabled enter exit login logout signin signout sign-in align justify left right top bottom middle horizontal
    vertical center centre up down next previous forward backward back first last select selected selection unselect
    deselect expand collapse minimize maximize restore resize zoom fit sort ascending descending filter merge split
    group ungroup move drag drop swap switch flip rotate rotation sync refresh reload update upgrade download upload
    import export send receive reply share print preview view show hide hidden visible visibility search find replace
    format text type style start stop play pause resume record skip rewind repeat shuffle mute unmute on off yes no ok
    check checked checkbox uncheck cancel confirm apply approve reject done pending active inactive available
    unavailable connect connected connection connecting disconnect disconnected warning error alert info information
    help question plus minus more less multiple single all none half full empty low high medium circle circled square
    squared rounded rectangle dashed dotted slash crossed badge container box frame background settings setting
    configure configuration options option properties manage manager management quick new old recent reset retry
    revert lock unlock locked unlocked secure private public shared default custom general basic essential simple
    minimalistic item items list object objects element ui ux gui app apps other others mode status state variant
    version interface essentials""".split()
)
"""Words of programs' buttons: what an icon is for, not what it shows, unless nothing else is said."""

_BRANDS = frozenset(
    """brand brands logo logos microsoft google facebook twitter android iphone ipad mac macos windows linux ubuntu
    debian chrome firefox opera safari thunderbird steam whatsapp instagram youtube netflix amazon paypal visa
    mastercard bitcoin ethereum litecoin dropbox slack skype spotify discord telegram github gitlab bluetooth usb wifi
    java python javascript typescript php ruby rust golang html css json xml sql adobe photoshop illustrator acrobat
    libreoffice openoffice wine gimp blender stellarium nest xbox playstation nintendo tesla uber ibm oracle sap azure
    aws docker kubernetes wordpress drupal joomla figma sketch trello jira notion zoom reddit pinterest linkedin vimeo
    twitch tiktok snapchat wechat alipay weibo yandex baidu tencent samsung huawei sony nokia dell lenovo intel amd
    nvidia cisco vmware outlook excel powerpoint onenote onedrive fedora miro yahoo gmail wordperfect evernote
    tomboy totem pidgin lyft airbnb shopify  behance dribbble soundcloud lastfm deezer tidal""".split()
)

_SYNONYMS = {
    "audio x generic": "audio file",
    "audio x": "audio file",
    "video x": "video file",
    "image x": "image file",
    "text x": "text file",
    "x office document": "document",
    "x office spreadsheet": "spreadsheet",
    "x office presentation": "presentation slides",
    "x office drawing": "drawing",
    "x office calendar": "calendar",
    "x office address book": "address book",
    "package x": "package box",
    "font x": "font file",
}

_TEMPLATES = {
    "clip art": ("{}", "{}", "{}", "{} clip art", "a drawing of {}", "picture of {}", "cartoon {}", "{} illustration"),
    "emoji": ("{}", "{}", "{}", "{} emoji", "a picture of {}", "cartoon {}", "drawing of {}"),
    "icon": ("{}", "{}", "{}", "{} icon", "{} symbol", "icon of {}", "pictogram of {}"),
    "photo": ("{}", "{}", "a photo of {}", "photo of {}", "picture of {}"),
    "scene": ("{}",),
}
"""How a person might put it, by the kind of source; the bare name most often."""


TEMPLATE_WORDS = frozenset("clip art drawing picture cartoon illustration emoji icon symbol pictogram photo".split())


def words_of(name: str) -> str:
    """Return a file's or icon's name as words: "cup-straw-outline" is "cup straw"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = re.split(r"[\s_\-.,:;/+()\[\]&]+", spaced.lower())
    kept = [
        word for word in words if word and word not in _STYLE_WORDS and not re.fullmatch(r"v?\d+x?\d*|[a-z]\d+", word)
    ]
    text = " ".join(kept)
    return _SYNONYMS.get(text, text)


_JOINING = frozenset("a an the of with and in on for to at".split())


def cleaned(name: str, words: Collection[str]) -> str:
    """Return the English words of a name, or nothing where most of it is not English, or a brand.

    Args:
        name: As a file, an icon or a title has it.
        words: The words there are.
    """
    every = [re.sub(r"\d+$", "", word) for word in words_of(name).split()]
    if any(word in _BRANDS for word in every):
        return ""
    kept = [word for word in every if word in words or word in _JOINING]
    while kept and kept[-1] in _JOINING:
        kept.pop()
    telling = [word for word in kept if word not in _JOINING]
    most = 2 * len(telling) > len([word for word in every if len(word) > 1 and word not in _JOINING])
    return " ".join(dict.fromkeys(kept)) if telling and most else ""


def thing_of(name: str) -> str:
    """Return an icon's name without the words of programs' buttons: "shopping cart add" is "shopping cart"."""
    return " ".join(word for word in name.split() if word not in _INTERFACE_WORDS)


_SMILEYS = frozenset("emoticon emoji smiley smile sentiment mood emotion kiss grin".split())


def is_smiley(name: str) -> bool:
    """Tell whether an icon is a smiley: those are emoji, of which only Noto's are trained on."""
    words = set(name.split())
    return bool(words & _SMILEYS) or (
        "face" in words and len(words) > 1 and not words & {"clock", "mask", "dog", "cat"}
    )


def is_telling(text: str) -> bool:
    """Tell whether a caption has a word of three letters or more."""
    return bool(re.search(r"[a-z]{3}", text)) and len(text) <= 90


def is_english(text: str, words: Collection[str]) -> bool:
    """Tell whether all of a caption is English words of three letters or more, four words at most.

    Args:
        text: The caption, in small letters.
        words: The words there are.
    """
    parts = text.split()
    return 0 < len(parts) <= 4 and all(len(part) > 2 and part in words for part in parts)


def phrased(names: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the phrasings of a picture's names, each name in each of the ways people put it."""
    return tuple(dict.fromkeys(template.format(name) for name in names for template in _TEMPLATES[kind]))


def concept(name: str) -> str:
    """Return what two pictures of the same thing have in common, whatever set they come from."""
    return " ".join(sorted(concept_words(name)))


def concept_words(name: str) -> frozenset[str]:
    """Return the words of a name as singulars, without articles."""
    return frozenset({singular(word) for word in re.findall(r"[a-z]+", name.lower())} - {"the", "a", "an", "of"})


def singular(word: str) -> str:
    """Return a noun without the ending of most plurals."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
