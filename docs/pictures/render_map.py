#!/usr/bin/python3
"""Prints a layout of a result with QGIS: how the picture of the README is made.

usage: QT_QPA_PLATFORM=offscreen render_map.py RESULT.gpkg LAYOUT PICTURE.png [DPI]      (Debian: python3-qgis)
"""
import sys

from qgis.core import QgsApplication, QgsLayoutExporter, QgsProject


def main(result, name, picture, dpi="80"):
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    if not project.read(f"geopackage:{result}?projectName=amayesh"):
        sys.exit(f"{result}: QGIS cannot open its project")
    layout = project.layoutManager().layoutByName(name)
    if layout is None:
        names = ", ".join(layout.name() for layout in project.layoutManager().printLayouts())
        sys.exit(f"{result}: no layout '{name}'; it has {names}")
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = float(dpi)
    settings.generateWorldFile = False
    if QgsLayoutExporter(layout).exportToImage(picture, settings) != QgsLayoutExporter.Success:
        sys.exit(f"{picture} cannot be written")
    project.clear()
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
