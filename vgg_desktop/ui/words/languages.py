"""The language of the window: catalogues of translations, followed by the system or chosen."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from vgg_desktop import paths

CATALOGUES = ("en", "de", "ja")
PSEUDO = "xx"  # doubles every text; what is cut off by it would be cut off in some language


class _Pseudo(QTranslator):
    """A translator that doubles every text."""

    def translate(self, _context: str, source: str, *_rest: object, **_named: object) -> str:
        """Return the text twice, in brackets whose absence would show a text that was cut off."""
        return f"[{source} {source}]"

    def isEmpty(self) -> bool:
        """Return False: Qt ignores empty translators."""
        return False


def language_of(choice: str) -> str:
    """Return the language to use: the chosen one, else the first of the system's that there is, else English."""
    if choice in (*CATALOGUES, PSEUDO):
        return choice
    for name in QLocale.system().uiLanguages():
        language = name.replace("_", "-").split("-")[0]
        if language in CATALOGUES:
            return language
    return "en"


class Languages(QObject):
    """Installs the catalogues of one language at a time; windows that are open must be built again."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []
        self._system = QLocale.system()
        self._before = QLocale()

    def apply(self, choice: str) -> str:
        """Use a language, "" being the system's, also for numbers, and return its code."""
        self.remove()
        language = language_of(choice)
        # The system's own locale knows which separators the user prefers; a chosen language brings its own.
        same = QLocale(language).language() == self._system.language()
        QLocale.setDefault(self._system if same or language == PSEUDO else QLocale(language))
        if language == PSEUDO:
            self._install(_Pseudo(self))
            return language
        for name, folder in (
            (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            (f"vgg_desktop_{language}", str(paths.resource("i18n"))),
        ):
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._install(translator)
        return language

    def remove(self) -> None:
        """Remove the catalogues, and write numbers as before."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed.clear()
        QLocale.setDefault(self._before)

    def _install(self, translator: QTranslator) -> None:
        self._application.installTranslator(translator)
        self._installed.append(translator)
