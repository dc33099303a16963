"""What the tests with real QGIS share: the application without a screen, and what it has to say."""

import atexit
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("XDG_RUNTIME_DIR", "/tmp")

try:
    from qgis.core import (
        Qgis,
        QgsApplication,
        QgsExpressionContextUtils,
        QgsLayoutExporter,
        QgsMapRendererParallelJob,
        QgsMapSettings,
        QgsProject,
    )
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor, QImage
except ImportError:
    print("no QGIS here (package python3-qgis)", file=sys.stderr)
    sys.exit(77)

from tool_case import ToolCase

PICTURE_DPI = 60
LAYERS = ("units", "unit_utilities", "zones", "sources", "allocations", "settlements", "rollups", "problems", "manifest")


def layer_id(name):
    return f"amayesh_{name}"


class QgisCase(ToolCase):
    """`self.open(uri)` reads a project and fails on anything that QGIS writes to its message log meanwhile."""

    application = None  # one for all tests of a process: QGIS cannot be started twice

    @classmethod
    def setUpClass(cls):
        if QgisCase.application is None:
            QgsApplication.setPrefixPath("/usr", True)
            QgisCase.application = QgsApplication([], True)
            QgisCase.application.initQgis()
            atexit.register(QgisCase.application.exitQgis)

    def setUp(self):
        super().setUp()
        self.messages = []
        log = QgsApplication.messageLog()
        log.messageReceived[str, str, Qgis.MessageLevel].connect(self.keep_message)
        self.addCleanup(log.messageReceived[str, str, Qgis.MessageLevel].disconnect, self.keep_message)
        self.project = QgsProject.instance()
        self.addCleanup(self.project.clear)

    def keep_message(self, text, tag, level):
        if level in (Qgis.Warning, Qgis.Critical):
            self.messages.append((tag, text))

    def open(self, uri):
        self.project.clear()
        self.assertTrue(self.project.read(str(uri)), self.project.error())
        self.assertEqual(self.messages, [])
        return self.project

    def embedded(self, path=None):
        return f"geopackage:{path or self.target}?projectName=amayesh"

    def layer(self, name):
        layer = self.project.mapLayer(layer_id(name))
        self.assertIsNotNone(layer, name)
        return layer

    def settings(self, theme, width=1200, height=1000):
        """The whole extent as the theme shows it."""
        project = self.project
        collection = project.mapThemeCollection()
        settings = QgsMapSettings()
        settings.setLayers(collection.mapThemeVisibleLayers(theme))
        settings.setLayerStyleOverrides(collection.mapThemeStyleOverrides(theme))
        settings.setDestinationCrs(project.crs())
        settings.setTransformContext(project.transformContext())
        settings.setExtent(project.viewSettings().defaultViewExtent())
        settings.setOutputSize(QSize(width, height))
        settings.setBackgroundColor(QColor("white"))
        settings.setFlag(QgsMapSettings.DrawLabeling)
        context = project.createExpressionContext()
        context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
        return settings

    def drawn(self, settings):
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        self.assertEqual([error.message for error in job.errors()], [])
        return job.renderedImage(), job.takeLabelingResults()

    def printed(self, layout, target):
        """The sheet as a picture, kept as PNG."""
        settings = QgsLayoutExporter.ImageExportSettings()
        settings.dpi = PICTURE_DPI
        settings.generateWorldFile = False
        target.unlink(missing_ok=True)
        self.assertEqual(QgsLayoutExporter(layout).exportToImage(str(target), settings), QgsLayoutExporter.Success)
        return QImage(str(target))
