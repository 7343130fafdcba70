"""Pages as people paste them, written for these tests."""

BODY = [
    "The Ministry of Transport of Norland published draft rules for driverless buses on Tuesday, after two years of "
    "trials in three cities. The rules would require an operator to keep a person on call for every ten vehicles.",
    "“Nobody wants a bus without anybody to ring,” said Ingrid Solberg-Haugen, the transport minister. She said that "
    "the rules would be open for comment until 30 June.",
    "Unions asked for more. The drivers' federation wants one person for every five vehicles, and a fund for those "
    "who lose their jobs, which it puts at about 1,400 people.",
    "The association of bus companies called the draft a fair start. It expects the first licences in 2027.",
]

PASTED = "\n\n".join([
    "Home | News | Transport | Opinion",
    "Transport",
    "Norland Opens Its Rules for Driverless Buses to the Public",
    "NORLAND OPENS ITS RULES FOR DRIVERLESS BUSES TO THE PUBLIC",
    "By Marit Oksnes, transport correspondent",
    "Published 4 March 2025 · Updated 6 March 2025",
    "5 min read",
    "Share Facebook Twitter Copy link",
    "- Draft rules ask for one person on call for ten vehicles.",
    "- Comments are open until 30 June.",
    "- Unions want one person for every five vehicles.",
    "Photo: A driverless bus in the port of Havn. (Norland Transport)",
    BODY[0],
    "Advertisement",
    BODY[1],
    "Related: Three cities, two years, one scratch",
    "What the unions say",
    BODY[2],
    "Sign up for our newsletter and never miss a story about transport.",
    BODY[3],
    "###",
    "Media contact",
    "Press office of the Ministry",
    "press@transport.example",
    "+47 555 0199",
    "Read next",
    "Why the night train came back",
    "Ferries get a second deck",
])  # fmt: skip

FRENCH = "\n\n".join([
    "Accueil > Société > Numérique",
    "Le Valdor veut encadrer les caméras intelligentes",
    "Par Solène Quiberon",
    "Publié le 12 juin 2025 à 9 h 30",
    "Temps de lecture : 4 min",
    "Le gouvernement du Valdor a présenté jeudi un projet de loi sur les caméras dites intelligentes. Le texte "
    "interdit "
    "la reconnaissance faciale dans les gares et les écoles.",
    "Lire aussi : Les gares, terrain d'essai",
    "M. Ronan Kerbrat, ministre de l'Intérieur, a défendu « un équilibre ». Les députés l'examineront en septembre.",
    "Partager",
])  # fmt: skip

ARABIC = "\n\n".join([
    "سياسة",
    "وزارة النقل في نورلاند تنشر مسودة قواعد الحافلات الذاتية القيادة",
    "بقلم: هالة المنصوري",
    "نشر في 4 مارس 2025",
    "نشرت وزارة النقل مسودة قواعد جديدة للحافلات الذاتية القيادة يوم الثلاثاء. وتلزم القواعد كل شركة بتعيين "
    "مشرف لكل عشر "
    "مركبات.",
    "اقرأ أيضا",
    "وقالت الوزيرة إن باب الملاحظات مفتوح حتى نهاية يونيو. هل يكفي ذلك؟ لا ترى النقابات أنه يكفي.",
])  # fmt: skip

LAW = """ALGORITHMIC TRANSPARENCY ACT

CHAPTER I
General provisions

Article 1. Scope

1. This Act applies to public bodies of the Republic.
2. It does not apply to:
(a) the courts;
(b) the armed forces.

Article 2

The Agency shall keep a register. The register shall be public.
"""


def wrapped(paragraphs: list[str], width: int = 68) -> str:
    """The paragraphs with their lines broken at a column, as mail and old pages have them."""
    import textwrap

    return "\n\n".join(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in paragraphs)
