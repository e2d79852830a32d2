"""Which language a text is in: by its script, and among those in Latin letters by the small words that it is full of.

Why no library: docs/decisions/0023-languages-by-small-words.md.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

_LOOKED_AT_CHARS = 8_000
_FEWEST_WORDS = 5
_LEAST_SHARE = 0.08
"""So much of a text consists of the small words of its language: of prose a quarter to a half, of a list less."""
_LEAD = 1.12
"""So much better than the next language the best one fits."""
_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS = {
    "en": "the of and to in is that it for you was with on as are be this have from or by not at but which will can "
    "an if when all has there their what about would been were they we he she his her our your my do does "
    "than then more other no up out so into only its after before over these those who how may should must",
    "de": "der die das und ist nicht von den mit sich des auf für im dem ein eine einen einer eines als auch es an "
    "werden aus er hat dass sie nach wird bei um am sind noch wie über so zum war haben nur oder aber vor zur "
    "bis mehr durch kann diese dieser wenn ich wir ihr sein keine zu",
    "fr": "le la les de des du et est un une en que qui dans pour pas sur au aux avec ce il elle ne se par plus son "
    "sa ses sont cette mais ou où nous vous ils leur comme fait être avoir tout si peut ces même sans été "
    "entre je",
    "es": "el la los las de del y que en un una por con no se para es al lo como más su sus pero le ha este esta "
    "sin sobre también hasta hay donde desde todo nos entre cuando muy ser son dos fue era o si ya yo mi "
    "porque está",
    "it": "il lo la gli le di del della dei delle e che in un una per non con si è da come più al alla dal ma anche "
    "se sono ha nel nella sul questo questa o ci suo sua ed dalla degli essere i loro tra dopo ogni quando "
    "tutti era mi",
    "pt": "o os as de do da dos das e que em um uma para com não por mais se na no nas nos ao como mas foi é ele "
    "ela seu sua ou ser quando muito há já também só pelo pela até isso entre era depois sem mesmo aos ter "
    "seus são está você",
    "nl": "de het een en van in is dat op te voor met zijn niet aan er om ook als maar bij nog uit door naar dan of "
    "worden wordt heeft hebben kan deze die over hij ze ik je we werd tot meer geen wel al onder wat was zij",
    "sv": "och att det som en på är av för med den till i inte om ett har de var jag så men eller från vid kan när "
    "ut nu över skulle också efter där alla detta än denna blir vara hade sig sina man ska inom under du vi",
    "da": "og at det som en på er af for med den til i ikke om et har de var jeg så men eller fra ved kan når ud nu "
    "over skulle også efter der alle dette end denne bliver være havde sig sine man skal blev hvor mod hvis "
    "meget du vi",
    "no": "og å det som en på er av for med den til i ikke om et har de var jeg så men eller fra ved kan når ut nå "
    "over skulle også etter der alle dette enn denne blir være hadde seg sine man skal ble hvor mot hvis mye "
    "du vi",
    "fi": "ja on ei että se oli hän ovat mutta kun niin tai myös sen joka ole jos kuin voi nyt vain sekä ne mitä "
    "siitä hänen ollut tämä jotka tämän mukaan kanssa eli sitä olla minä jo mukana sitten niitä kaikki vielä",
    "pl": "i w na z do się nie że jest to o jak za od po przez ale dla jego tym są oraz tak czy był lub być tylko "
    "może jej było jako który która które ich już co przy tego ten ta te bardzo ze gdy pod",
    "cs": "a v na se je že s z do o to jako za pro by ale k od po nebo jsou jeho ve které který která byl však až "
    "tak také jen než při podle není před již byla být ještě jsem tento může lze pokud",
    "sk": "a v na sa je že s z do o to ako za pre by ale k od po alebo sú jeho vo ktoré ktorý ktorá bol však až tak "
    "aj len než pri podľa nie pred už bola byť ešte som tento môže ak čo",
    "hu": "a az és hogy nem is egy ez de van meg volt csak mint már ha vagy el még azt ki sem kell lehet után "
    "minden ezt amely között több nagyon lesz ezek alatt aki által mert ő ami így úgy szerint volna",
    "ro": "și de în la a care nu cu pe este o un din să se mai că pentru sau au fost lui ce sunt fi dar cel prin "
    "după cea al ale iar când fără până această acest lor foarte poate dacă îi îl",
    "hr": "i u je na se da su za od s o koji a ne kao ili iz će po što bi do sve biti samo nije ali kako koja koje "
    "bio nakon prema više te bila ako može još njegov tako između već ovaj",
    "sl": "in je v na se da so za z po ne ki kot tudi pa ali iz bi od ni še bil le bo več bila če kar lahko do pri "
    "med samo tako ter ta to že kako biti ima",
    "tr": "ve bir bu da için de ile çok olan daha olarak gibi ne kadar en sonra ama o her var değil mi olduğu ya "
    "veya göre ki iki büyük ise yeni bunu tarafından önce ancak diye hem oldu şey nasıl",
    "id": "yang dan di dari ini untuk dengan pada tidak itu adalah dalam ke akan juga oleh atau sebagai karena "
    "dapat telah tersebut lebih ada bisa saat mereka sudah hanya kami anda saya dia setelah seperti",
    "vi": "và của là có không được cho trong một các những với người này đã khi về từ như để đến ra tại cũng theo "
    "nhiều trên sẽ vào nhưng phải năm hay còn sau đó bị nếu",
    "et": "ja on ei et see oli ka kui oma ta mis aga või ning kes selle seda siis nii mitte ole veel kuid välja "
    "pärast olid tema need üle sest juba kõik võib mida saab",
    "lt": "ir į kad yra iš su tai buvo kaip ne už jis bet apie po nuo jau dar tik ar iki tačiau gali šis kurie jo "
    "savo per būti taip prie kai labai dėl arba",
    "lv": "un ir uz ka no ar kas tas par bet pie nav kā tā vai tikai bija lai pēc arī viņš šī ko gan jau vēl savu "
    "var tiek līdz šo būt kad bez",
    "ca": "el la els les de del i que en un una per amb no es és al com més però seu seva són ha aquest aquesta o "
    "també dels fins hi on quan molt tot ser va entre sense pel perquè",
}  # fmt: skip
"""The commonest words that say little, in languages that are written in Latin letters."""


def _weights() -> Mapping[str, Mapping[str, float]]:
    """Return by word what it speaks for each of its languages: the fewer there are, the more."""
    languages: dict[str, list[str]] = defaultdict(list)
    for language, words in _SMALL_WORDS.items():
        for word in set(words.split()):
            languages[word].append(language)
    return {word: dict.fromkeys(sharing, 0.5 + 0.5 / len(sharing)) for word, sharing in languages.items()}


_WEIGHTS = _weights()

_LATIN = "A-Za-z\u00aa-\u024f\u1e00-\u1eff"
_SCRIPTS = {
    "zh": "\u3041-\u30ff\u4e00-\u9fff", "ko": "\uac00-\ud7a3", "ru": "\u0400-\u04ff", "el": "\u0370-\u03ff",
    "he": "\u0590-\u05ff", "ar": "\u0600-\u06ff", "hi": "\u0900-\u097f", "bn": "\u0980-\u09ff", "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f", "ka": "\u10a0-\u10ff", "hy": "\u0530-\u058f",
}  # fmt: skip
"""Other letters, by the language that stands for all that are written with them."""
_OWN_LETTERS = {
    "zh": {"ja": "\u3041-\u30ff"},
    "ru": {"be": "ў", "uk": "іїєґ", "mk": "ѓќѕ", "sr": "ђјљњћџ", "bg": "ъ"},
    "ar": {"ur": "ٹڈڑے", "fa": "پچژگ"},
}
"""Letters that tell a language from the one that stands for its script."""
_TELLING = 0.006
"""Of so many letters at least a language has its own."""
_FEWEST_LETTERS = 6


def language_of(text: str) -> str | None:
    """Return the language of most of a text, ISO 639-1; None where that is not clear, as in tables and lists."""
    text = text[:_LOOKED_AT_CHARS].lower()
    letters = {script: _count(span, text) for script, span in _SCRIPTS.items()}
    script = max(letters, key=lambda each: letters[each])
    if letters[script] <= _count(_LATIN, text):
        return _by_small_words(_WORD.findall(text))
    if letters[script] < _FEWEST_LETTERS:
        return None
    own = _OWN_LETTERS.get(script, {})
    return next((one for one, span in own.items() if _count(span, text) >= _TELLING * letters[script]), script)


def declared_language(code: str | None) -> str | None:
    """Return the language of a code as documents have it, "en-GB"; None if it is none of two letters."""
    language = re.split("[-_]", (code or "").strip())[0].lower()
    return language if re.fullmatch("[a-z]{2}", language) else None


def _count(span: str, text: str) -> int:
    return len(re.findall(f"[{span}]", text))


def _by_small_words(words: Sequence[str]) -> str | None:
    fits: dict[str, float] = defaultdict(float)
    for word, number in Counter(words).items():
        for language, weight in _WEIGHTS.get(word, {}).items():
            fits[language] += weight * number
    best_first = sorted(((fit, language) for language, fit in fits.items()), reverse=True)
    (fit, best), (next_fit, _) = (*best_first, (0.0, ""), (0.0, ""))[:2]
    if len(words) < _FEWEST_WORDS or fit < _LEAST_SHARE * len(words) or fit < _LEAD * next_fit:
        return None
    return best
