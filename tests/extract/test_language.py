"""The language of a text is told by its small words or its letters, and not told where neither says it."""

import pytest

from vexgui.extract.language import declared_language, language_of

SENTENCES = {
    "en": "The old tram climbs a steep street in the evening light.",
    "de": "Die Rechnung für den Zahnarzt vom letzten März ist noch nicht bezahlt.",
    "fr": "Le contrat de location de l'appartement à Lyon est dans le tiroir.",
    "es": "La receta de la abuela para la tortilla de patatas con cebolla.",
    "it": "Gli appunti della lezione di storia dell'arte sono nel quaderno.",
    "pt": "O relatório anual da empresa foi publicado ontem e não é longo.",
    "nl": "De handleiding voor het nieuwe koffiezetapparaat ligt op de tafel.",
    "sv": "Protokollet från mötet är inte klart och det ska skickas till alla.",
    "da": "Referatet af mødet er ikke færdigt, og det skal sendes til alle efter jul.",
    "no": "Referatet fra møtet er ikke ferdig, og det skal sendes til alle etter jul.",
    "fi": "Kokouksen pöytäkirja on valmis, mutta se ei ole vielä kaikkien luettavissa.",
    "pl": "Umowa najmu mieszkania w Krakowie jest na stole i nie była podpisana.",
    "cs": "Zápis ze schůze výboru je na stole a ještě nebyl podepsán, protože se čeká.",
    "hu": "A bizottság ülésének jegyzőkönyve az asztalon van, de még nem írta alá senki.",
    "tr": "Geçen yaz yapılan gezi için bir rapor ve çok sayıda fotoğraf var.",
    "ru": "Отчёт о поездке в Москву прошлым летом.",
    "uk": "Звіт про подорож до Києва минулого літа.",
    "bg": "Доклад за пътуването до София през миналото лято.",
    "el": "Έκθεση για το ταξίδι στην Αθήνα.",
    "he": "דוח על הטיול לירושלים בקיץ שעבר.",
    "ar": "تقرير عن السفر إلى القاهرة في الصيف الماضي.",
    "fa": "گزارش سفر به تهران در تابستان گذشته چه بود؟",
    "hi": "पिछली गर्मियों की यात्रा पर रिपोर्ट।",
    "th": "รายงานการเดินทางเมื่อฤดูร้อนที่แล้ว",
    "ja": "昨日の会議の議事録をまとめました。",
    "zh": "这是一份关于公司年度报告的文件。",
    "ko": "작년 여름 여행에 대한 보고서입니다.",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_a_sentence_shows_its_language_in_either_case(language: str, text: str) -> None:
    assert language_of(text) == language
    assert language_of(f"{text.upper()}\n\n{text}") == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TODO",
        "12 34 56 7.8 9.0",
        "name,price,amount\nmilk,1.20,3\nbread,2.50,1\n",
        "2024-01-01 INFO server started\n2024-01-01 ERROR connection refused by host",
        "lorem ipsum dolor sit amet consectetur adipiscing elit",
        "東京",
        "\U0001f600 \ud800 \0",
    ],
)
def test_what_is_no_prose_of_one_language_has_none(text: str) -> None:
    assert language_of(text) is None


def test_the_larger_part_counts() -> None:
    assert language_of(SENTENCES["ru"] * 9 + SENTENCES["en"]) == "ru"
    assert language_of(SENTENCES["en"] * 9 + SENTENCES["ru"]) == "en"


@pytest.mark.parametrize(
    ("code", "language"),
    [("en", "en"), ("de-AT", "de"), (" PT_br ", "pt"), ("", None), (None, None), ("english", None), ("e1", None)],
)
def test_a_code_names_a_language(code: str | None, language: str | None) -> None:
    assert declared_language(code) == language
