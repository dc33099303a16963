"""The layers of the sample as Shapefiles: their fields, and how one is written."""

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
ogr.UseExceptions()

MADE_ON = "2026-11-22"
TEXT, INTEGER, REAL = ogr.OFTString, ogr.OFTInteger, ogr.OFTReal
MARKS = [("SAKHTEGI", INTEGER, 1, 0), ("YADDASHT", TEXT, 60, 0)]
FIELDS = {
    "dehestan": [("KOD", TEXT, 10, 0), ("NAM", TEXT, 60, 0), ("BAKHSH", TEXT, 60, 0), ("SHAHRESTAN", TEXT, 60, 0),
                 ("OSTAN", TEXT, 60, 0), ("JAM_1385", INTEGER, 9, 0), ("JAM_1390", INTEGER, 9, 0),
                 ("JAM_1395", INTEGER, 9, 0), ("MARKAZ", TEXT, 40, 0), ("MARKAZ_X", REAL, 11, 5),
                 ("MARKAZ_Y", REAL, 11, 5), ("MARKAZ_MAN", TEXT, 20, 0)],
    "abadi": [("KOD", TEXT, 16, 0), ("NAM", TEXT, 80, 0), ("NAM_LATIN", TEXT, 60, 0), ("NOE", TEXT, 12, 0),
              ("SHAHRESTAN", TEXT, 40, 0), ("JAMIAT", INTEGER, 9, 0)],
    "nahiye": [("KOD", TEXT, 8, 0), ("NAM", TEXT, 120, 0), ("NOE", TEXT, 40, 0), ("VAZIAT", TEXT, 30, 0),
               ("SHAHRESTAN", TEXT, 60, 0), ("OSTAN", TEXT, 60, 0), ("MASAHAT_HA", REAL, 10, 2),
               ("KHALES_HA", REAL, 10, 2), ("ESHGHAL_HA", REAL, 10, 2), ("VAHED_FAAL", INTEGER, 6, 0),
               ("VAHED_RAKD", INTEGER, 6, 0), ("SHAGHEL", INTEGER, 8, 0), ("AB_M3_ROOZ", INTEGER, 9, 0),
               ("BARGH_KW", INTEGER, 9, 0), ("GAZ_M3_H", INTEGER, 9, 0), ("MOKHABERAT", TEXT, 20, 0)],
    "ghataat": [("KOD", TEXT, 10, 0), ("KOD_NAHIYE", TEXT, 8, 0), ("VAZIAT", TEXT, 24, 0),
                ("MASAHAT_M2", REAL, 10, 1), ("TARIKH", TEXT, 10, 0), ("PISHRAFT", INTEGER, 3, 0)],
    "post_bargh": [("KOD", TEXT, 8, 0), ("NAM", TEXT, 60, 0), ("ZARF_MVA", REAL, 9, 1), ("BAR_MVA", REAL, 9, 1),
                   ("TAAHOD", REAL, 9, 1)],
    "manba_ab": [("KOD", TEXT, 8, 0), ("NAM", TEXT, 60, 0), ("ZARF_M3", REAL, 10, 1), ("MASRAF_M3", REAL, 10, 1),
                 ("TAAHOD", REAL, 10, 1)],
    "ist_gaz": [("KOD", TEXT, 8, 0), ("NAM", TEXT, 60, 0), ("ZARF_M3H", REAL, 10, 1), ("MASRAF_M3H", REAL, 10, 1),
                ("TAAHOD", REAL, 10, 1)],
    "khat_gaz": [("KOD", TEXT, 8, 0), ("NAM", TEXT, 120, 0)],
    "mokhaberat": [("KOD", TEXT, 8, 0), ("NAM", TEXT, 60, 0), ("NOE", TEXT, 20, 0)],
    "rah": [("KOD", TEXT, 8, 0), ("NOE", TEXT, 20, 0)],
    "rood": [("KOD", TEXT, 8, 0), ("NOE", TEXT, 20, 0)],
}


def reference(epsg):
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return system


def write(folder, name, epsg, features):
    """One Shapefile with a fixed date, UTF-8 text and empty cells for what is unknown."""
    kind = {"Polygon": ogr.wkbPolygon, "MultiPolygon": ogr.wkbPolygon, "Point": ogr.wkbPoint,
            "LineString": ogr.wkbLineString, "MultiLineString": ogr.wkbLineString}[features[0][0].geom_type]
    driver = ogr.GetDriverByName("ESRI Shapefile")
    path = folder / f"{name}.shp"
    if path.exists():
        driver.DeleteDataSource(str(path))
    source = driver.CreateDataSource(str(path))
    layer = source.CreateLayer(name, reference(epsg), kind, ["ENCODING=UTF-8", f"DBF_DATE_LAST_UPDATE={MADE_ON}"])
    for field, field_type, width, precision in FIELDS[name] + MARKS:
        definition = ogr.FieldDefn(field, field_type)
        definition.SetWidth(width)
        definition.SetPrecision(precision)
        layer.CreateField(definition)
    for shape, values in features:
        feature = ogr.Feature(layer.GetLayerDefn())
        for field, value in values.items():
            if value is not None and value != "":
                feature.SetField(field, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkb(shape.wkb))
        layer.CreateFeature(feature)
    layer = source = None
    print(f"{name}: {len(features)} features")
