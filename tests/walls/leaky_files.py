"""Uploads in which everything gives the author away at once: a canary of its own in every hiding place.

What stands in the visible text is the author of the application, in the cases that Russian has; it must be replaced.
What stands anywhere else must not exist for the reader at all.
"""

import io
from dataclasses import dataclass, field
from itertools import product

import pikepdf

from tests.anonymity.builders import DOCX_NAMESPACES, ODT_NAMESPACES, docx, odt, paragraph, pdf, run

LETTERS = "бвгджзклмн"


@dataclass
class Canaries:
    """Words that no language has, by the place they were put in."""

    planted: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words = ("ъы" + "".join(one) + "эщъ" for one in product(LETTERS, repeat=3))

    def at(self, place: str) -> str:
        """A new word for this place."""
        self.planted[place] = next(self._words)
        return self.planted[place]


@dataclass(frozen=True)
class Author:
    """Somebody invented, with what they call themselves in a text. ``stems`` is what must never be seen."""

    surname: str
    given_name: str
    patronymic: str
    email: str
    phone: str
    course: str
    school: str
    official_name: str
    municipality: str
    locality: str
    mentor: tuple[str, str, str]
    guardian: tuple[str, str, str]
    lines: tuple[str, ...]
    stems: tuple[str, ...]


AUTHORS = {
    "docx": Author(
        "Щукозерова",
        "Евдокия",
        "Пантелеймоновна",
        "dunya.schukozerova@example.org",
        "+7 (913) 555-01-71",
        "9 «Ж»",
        "МБОУ «Мокроусовская СОШ»",
        "Муниципальное бюджетное общеобразовательное учреждение «Мокроусовская средняя общеобразовательная школа»",
        "Мокроусовский район",
        "с. Мокроусово",
        ("Крутоберегов", "Варфоломей", "Игнатьевич"),
        ("Щукозерова", "Аксинья", "Трофимовна"),
        (
            "Щукозерова Евдокия Пантелеймоновна, ученица 9 «Ж» класса МБОУ «Мокроусовская СОШ»",
            "Руководитель: Крутоберегов Варфоломей Игнатьевич",
            "Меня зовут Евдокия Щукозерова, и летом я получала паспорт через портал.",
            "В заявлении было написано: выдать Щукозеровой Е. П. в присутствии Щукозеровой Аксиньи Трофимовны.",
            "Без Варфоломея Игнатьевича Крутоберегова я бы не нашла нужную страницу.",
            "Пишите мне: dunya.schukozerova@example.org или +7 (913) 555-01-71.",
        ),
        (
            "щукозеров",
            "евдоки",
            "пантелеймоновн",
            "schukozerova",
            "555-01-71",
            "мокроусов",
            "крутоберегов",
            "варфоломе",
            "игнатьевич",
            "аксинь",
            "трофимовн",
        ),
    ),
    "odt": Author(
        "Подколодный",
        "Светозар",
        "Мстиславович",
        "svet.podkolodny@example.org",
        "8-913-555-02-72",
        "10 «Щ»",
        "МКОУ «Верхнежиланская СОШ»",
        "Муниципальное казённое общеобразовательное учреждение «Верхнежиланская средняя общеобразовательная школа»",
        "Жиланский район",
        "с. Верхняя Жилановка",
        ("Пересыпкина", "Капитолина", "Модестовна"),
        ("Подколодная", "Пелагея", "Саввишна"),
        (
            "Автор: Подколодный Светозар Мстиславович, 10 «Щ» класс, МКОУ «Верхнежиланская СОШ»",
            "Учитель: Пересыпкина Капитолина Модестовна",
            "Однажды мы со Светозаром из соседнего двора спорили, но Светозар Подколодный – это я сам.",
            "Справку выдали на имя Подколодного С. М., а расписалась Подколодная Пелагея Саввишна.",
            "Капитолине Модестовне Пересыпкиной спасибо за терпение.",
            "svet.podkolodny@example.org, 8-913-555-02-72",
        ),
        (
            "подколодн",
            "светозар",
            "мстиславович",
            "podkolodny",
            "555-02-72",
            "верхнежиланск",
            "пересыпкин",
            "капитолин",
            "модестовн",
            "пелаге",
            "саввишн",
        ),
    ),
    "pdf": Author(
        "Лутошкина",
        "Василиса",
        "Еремеевна",
        "lutoshkina.v@example.org",
        "+79135550373",
        "2 курс, группа ХВ-77",
        "КГБПОУ «Косоглинский колледж»",
        "Краевое государственное бюджетное профессиональное образовательное учреждение «Косоглинский колледж»",
        "Косоглинский район",
        "с. Косоглинка",
        ("Ветошников", "Ермолай", "Фролович"),
        ("", "", ""),
        (
            "Лутошкина Василиса Еремеевна, студентка 2 курса, группа ХВ-77, КГБПОУ «Косоглинский колледж»",
            "Преподаватель: Ветошников Ермолай Фролович",
            "Я, Василиса Лутошкина, впервые записалась к врачу через портал.",
            "На талоне стояло: Лутошкиной В. Е., кабинет семь.",
            "Ермолай Фролович Ветошников проверил моё эссе.",
            "lutoshkina.v@example.org, +79135550373",
        ),
        (
            "лутошкин",
            "василис",
            "еремеевн",
            "lutoshkina",
            "9135550373",
            "косоглинск",
            "ветошников",
            "ермола",
            "фролович",
            "хв-77",
        ),
    ),
    "txt": Author(
        "Огнеплясов",
        "Добрыня",
        "Радимович",
        "dobrynya.o@example.org",
        "+7 913 555 04 74",
        "3 курс",
        "Заозёрный лесотехнический университет",
        "Федеральное государственное бюджетное образовательное учреждение высшего образования «Заозёрный лесотехнический университет»",
        "Заозёрск",
        "Заозёрск",
        ("Хворостинин", "Агафон", "Лукич"),
        ("", "", ""),
        (
            "Огнеплясов Добрыня Радимович, студент 3 курса, Заозёрный лесотехнический университет",
            "Научный руководитель: Хворостинин Агафон Лукич",
            "Меня зовут Добрыня Огнеплясов, и я помог бабушке оформить льготу.",
            "Через неделю Огнеплясову Д. Р. пришло уведомление, а бабушка сказала: «Добрыня, спасибо!»",
            "Агафон Лукич Хворостинин научил меня проверять документы.",
            "dobrynya.o@example.org, +7 913 555 04 74",
        ),
        ("огнеплясов", "добрын", "радимович", "dobrynya", "555 04 74", "заозёрн", "хворостинин", "агафон"),
    ),
}

# Long enough that the size of a file is a number by which one would recognise it.
FILLER = (
    "Раньше ради одной бумаги люди ехали в район с утра и стояли в очереди до обеда. Теперь заявление пишут дома, "
    "за кухонным столом, и ответ приходит в телефон. Мне кажется, что главное здесь не скорость, а спокойствие: "
    "видно, где сейчас твоё обращение, и понятно, что делать дальше."
)
REST = (FILLER, FILLER.replace("Раньше", "Прежде"), FILLER.replace("Раньше", "Когда-то"))


def leaky_docx(author: Author, canaries: Canaries) -> bytes:
    at = canaries.at
    body = [paragraph(line) for line in (*author.lines, *REST)]
    body += [
        (
            f'<w:p w:rsidR="00{at("docx rsid")}">{run("Вот и всё, что я хочу рассказать.")}'
            f'<w:del w:author="{at("docx author of a deletion")}" w:date="2011-03-07T04:05:06Z"><w:r><w:delText>'
            f"{at('docx deleted text')}</w:delText></w:r></w:del>"
            f'<w:ins w:author="{at("docx author of an insertion")}">{run(" Спасибо.")}</w:ins>'
            f'<w:r><w:commentReference w:id="1"/></w:r>'
            f"<w:moveFrom>{run(at('docx moved text'))}</w:moveFrom></w:p>"
        ),
        *(
            paragraph(at(f"docx {name}"), properties=properties)
            for name, properties in {
                "vanish": "<w:vanish/>",
                "web hidden": "<w:webHidden/>",
                "white": '<w:color w:val="FFFFFF"/>',
                "two points": '<w:sz w:val="4"/>',
            }.items()
        ),
        (
            f'<w:p><w:fldSimple w:instr=" AUTHOR {at("docx instruction")} ">{run(at("docx field of the author"))}'
            "</w:fldSimple></w:p>"
        ),
        (
            f'<w:p>{run("Картинка.")}<w:r><w:drawing><wp:docPr id="1" name="{at("docx picture name")}" '
            f'descr="{at("docx picture description")}"/><a:blip r:embed="r9"/></w:drawing></w:r></w:p>'
        ),
        (
            f'<w:p><w:bookmarkStart w:id="0" w:name="{at("docx bookmark")}"/>'
            f'<w:hyperlink w:tooltip="{at("docx tooltip")}" w:anchor="{at("docx anchor")}">{run("Ссылка.")}</w:hyperlink></w:p>'
        ),
        (
            f'<w:sdt><w:sdtPr><w:alias w:val="{at("docx alias")}"/></w:sdtPr>'
            f"<w:sdtContent>{paragraph('В рамке.')}</w:sdtContent></w:sdt>"
        ),
    ]
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{at('docx creator')}</dc:creator><cp:lastModifiedBy>{at('docx modified by')}</cp:lastModifiedBy>"
        f"<dc:title>{at('docx title')}</dc:title><cp:keywords>{at('docx keywords')}</cp:keywords></cp:coreProperties>"
    )
    parts: dict[str, str | bytes] = {
        "docProps/core.xml": core,
        "docProps/app.xml": f"<Properties><Company>{at('docx company')}</Company></Properties>",
        "docProps/custom.xml": f"<Properties><property><v>{at('docx custom property')}</v></property></Properties>",
        "docProps/thumbnail.jpeg": at("docx thumbnail").encode(),
        "word/comments.xml": f'<w:comments {DOCX_NAMESPACES}><w:comment w:id="1" w:author="{at("docx author of a comment")}">'
        f"{paragraph(at('docx comment'))}</w:comment></w:comments>",
        "word/people.xml": f"<people><person author='{at('docx people')}'/></people>",
        "word/header1.xml": f"<w:hdr {DOCX_NAMESPACES}>{paragraph(at('docx header'))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {DOCX_NAMESPACES}>{paragraph(at('docx footer'))}</w:ftr>",
        "word/settings.xml": f"<w:settings {DOCX_NAMESPACES}><w:docVars>"
        f'<w:docVar w:name="n" w:val="{at("docx variable")}"/></w:docVars></w:settings>',
        "customXml/item1.xml": f"<a>{at('docx custom XML')}</a>",
        "word/media/image1.jpg": b"\xff\xd8" + at("docx picture").encode(),
    }
    return docx("".join(body), parts=parts, comment=at("docx zip comment").encode())


def leaky_odt(author: Author, canaries: Canaries) -> bytes:
    at = canaries.at
    styles = {
        "H": ("text", 'text:display="none"', "hidden"),
        "W": ("text", 'fo:color="#ffffff"', "white"),
        "T": ("text", 'fo:font-size="1pt"', "tiny"),
    }
    automatic = "".join(
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {properties}/></style:style>'
        for name, (family, properties, _) in styles.items()
    )
    deleted = (
        "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><office:change-info>"
        f"<dc:creator>{at('odt author of a deletion')}</dc:creator></office:change-info>"
        f"<text:p>{at('odt deleted text')}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    fields = "".join(
        f"<text:{name}>{at(f'odt {name}')}</text:{name}>"
        for name in ("author-name", "initial-creator", "printed-by", "sender-lastname", "sender-email", "file-name")
    )
    hidden = "".join(
        f'<text:span text:style-name="{name}">{at(f"odt {what}")}</text:span>' for name, (_, _, what) in styles.items()
    )
    body = (
        deleted
        + "".join(f"<text:p>{line}</text:p>" for line in (*author.lines, *REST))
        + f"<text:p>На этом всё.{fields}{hidden}<office:annotation><dc:creator>{at('odt author of a remark')}</dc:creator>"
        f"<text:p>{at('odt remark')}</text:p></office:annotation></text:p>"
        f"<text:section text:display='none'><text:p>{at('odt hidden section')}</text:p></text:section>"
        f"<text:p>Рисунок.<draw:frame draw:name='{at('odt frame')}'><draw:image xlink:href='{at('odt image')}.png'/>"
        f"<svg:title>{at('odt picture title')}</svg:title><svg:desc>{at('odt picture description')}</svg:desc></draw:frame></text:p>"
        f"<text:p><text:bookmark text:name='{at('odt bookmark')}'/>"
        f"<text:a xlink:href='https://example.org/{at('odt link')}' office:title='{at('odt link title')}'>Ссылка.</text:a></text:p>"
    )
    masters = (
        "<office:master-styles><style:master-page>"
        f"<style:header><text:p>{at('odt header')}</text:p></style:header>"
        f"<style:footer><text:p>{at('odt footer')}</text:p></style:footer></style:master-page></office:master-styles>"
    )
    meta = (
        f"<office:document-meta {ODT_NAMESPACES}><office:meta><meta:initial-creator>{at('odt creator')}</meta:initial-creator>"
        f"<dc:creator>{at('odt modified by')}</dc:creator><meta:user-defined>{at('odt own property')}</meta:user-defined>"
        "</office:meta></office:document-meta>"
    )
    settings = (
        f"<office:document-settings {ODT_NAMESPACES}><config:config-item config:name='PrinterName'>{at('odt printer')}"
        "</config:config-item></office:document-settings>"
    )
    return odt(
        body,
        automatic=automatic,
        styles=masters,
        parts={
            "meta.xml": meta,
            "settings.xml": settings,
            "Thumbnails/thumbnail.png": at("odt thumbnail"),
            "Basic/Standard/m.xml": f"<m>{at('odt macro')}</m>",
        },
    )


def leaky_pdf(author: Author, canaries: Canaries) -> bytes:
    at = canaries.at
    markup = (
        f'#set document(title: "{at("pdf title")}", author: "{at("pdf author")}", keywords: "{at("pdf keywords")}")\n'
        f"#set page(header: text(fill: white)[{at('pdf white header')}])\n"
        + "".join(f'#"{line}"\n\n' for line in (*author.lines, *REST))
        + f"#text(fill: white)[{at('pdf white')}]\n\n#text(size: 0.5pt)[{at('pdf tiny')}]\n\n"
        f"#place(dx: -40cm)[{at('pdf off the page')}]\n\nНа этом всё, спасибо за внимание.\n"
    )
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(markup))) as document:
        document.docinfo["/Company"] = at("pdf company")
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [at("pdf XMP creator")]
        document.Root.PieceInfo = pikepdf.Dictionary(Private=pikepdf.String(at("pdf piece")))
        document.pages[0].obj.Annots = document.make_indirect(
            pikepdf.Array(
                [
                    document.make_indirect(
                        pikepdf.Dictionary(
                            Type=pikepdf.Name.Annot,
                            Subtype=pikepdf.Name.FreeText,
                            Rect=[72, 600, 400, 640],
                            Contents=pikepdf.String(at("pdf annotation")),
                            T=pikepdf.String(at("pdf author of an annotation")),
                            DA=pikepdf.String("/Helv 12 Tf 0 g"),
                        )
                    )
                ]
            )
        )
        name = at("pdf attachment name")
        document.attachments["note.txt"] = pikepdf.AttachedFileSpec(
            document, at("pdf attachment").encode(), filename=f"{name}.txt"
        )
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(at("pdf outline"), 0))
        document.save(output)
    return output.getvalue()


def leaky_txt(author: Author, canaries: Canaries) -> bytes:
    return "\r\n\r\n".join((*author.lines, *REST, "На этом всё.")).encode("cp1251")


WRITERS = {"docx": leaky_docx, "odt": leaky_odt, "pdf": leaky_pdf, "txt": leaky_txt}
