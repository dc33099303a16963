"""Same input, same bytes: on any day, for any user, in any time zone, with any thread count, in any order of rows."""

import hashlib
import os
import pathlib
import random
import shutil
import subprocess

import command
from tool_case import ToolCase, main

SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi"
SEED = 1402
FORMATS = {
    "GPKG": "result.gpkg",
    "GeoJSON": "geojson",
    "FlatGeobuf": "flatgeobuf",
    "CSV": "csv",
    "ESRI Shapefile": "shapefile",
    "XLSX": "result.xlsx",
}
FAKETIME = [
    path
    for folder in ("/usr/lib", "/usr/lib64")
    for path in pathlib.Path(folder).glob("**/faketime/libfaketime.so.1")
]


def digests(path):
    """Name → digest of every file that makes up an output, the project beside it with them."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    files += [path.with_suffix(".qgz")] if path.suffix == ".gpkg" else []
    return {str(file.relative_to(path.parent)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


class Results(ToolCase):
    """Runs that are compared by what they print and by every byte that they write."""

    def result(self, study, driver, changes=None, wrapper=(), threads=2):
        target = self.outputs / FORMATS[driver]
        if target.is_dir():
            shutil.rmtree(target)
        target.unlink(missing_ok=True)
        target.with_suffix(".qgz").unlink(missing_ok=True)
        outcome = command.run(
            "gap", study, "-o", target, "-f", driver, "--threads", threads, changes=changes, wrapper=wrapper
        )
        self.assert_done(outcome)
        return outcome.stdout, digests(target)

    def assert_same(self, first, second):
        self.assertEqual(first[1], second[1])
        self.assertEqual(first[0], second[0])


class SmallStudyBytes(Results):
    def test_another_day_user_time_zone_and_thread_count(self):
        self.study.write()
        self.assertTrue(FAKETIME, "libfaketime is missing (package faketime)")
        for driver in FORMATS:
            with self.subTest(driver=driver):
                first = self.result(self.study.path, driver, threads=1)
                changes = command.with_preloaded(
                    FAKETIME[0],
                    {"FAKETIME": "+1d", "TZ": "Asia/Tehran", "USER": "someone", "LOGNAME": "someone", "HOME": "/nonexistent"},
                )
                self.assert_same(first, self.result(self.study.path, driver, changes))
                changes["FAKETIME"] = "+400d"
                self.assert_same(first, self.result(self.study.path, driver, changes, threads=1))

    def test_the_clock_is_really_another(self):
        environment = command.environment_with(command.with_preloaded(FAKETIME[0], {"FAKETIME": "+400d"}))
        years = [subprocess.run(["date", "+%s"], env=e, capture_output=True, check=True).stdout
                 for e in (environment, None)]
        self.assertGreater(int(years[0]) - int(years[1]), 399 * 86400)

    def test_another_user(self):
        if os.geteuid() != 0 or not shutil.which("setpriv"):
            return  # only root can become another user; the variables are tested above
        self.study.write()
        first = self.result(self.study.path, "GPKG")
        self.folder.chmod(0o755)
        self.outputs.chmod(0o777)
        wrapper = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        if command.run("--version", wrapper=wrapper).code != 0:
            return  # another user cannot reach the program's own folder
        self.assert_same(first, self.result(self.study.path, "GPKG", wrapper=wrapper))

    def test_another_folder(self):
        self.study.write()
        first = self.result(self.study.path, "GPKG")
        self.study.folder = self.inputs / "elsewhere"
        self.study.write()
        self.assert_same(first, self.result(self.study.path, "GPKG"))

    def test_permuted_rows_of_the_small_study(self):
        self.study.write()
        first = {driver: self.result(self.study.path, driver) for driver in FORMATS}
        lottery = random.Random(SEED)
        for layer in self.study.layers:
            lottery.shuffle(layer.features)
        self.study.write()
        for driver in FORMATS:
            with self.subTest(driver=driver, seed=SEED):
                self.assert_same(first[driver], self.result(self.study.path, driver, threads=1))


class SampleBytes(Results):
    """The same on the sample: nine layers, 3,400 rows, names that repeat."""

    def copy_of_sample(self, name, order):
        """The sample's layers with their rows in another order."""
        from osgeo import gdal, ogr

        gdal.UseExceptions()
        folder = self.inputs / name
        folder.mkdir()
        for path in SAMPLE.glob("*.shp"):
            source = ogr.Open(str(path))
            layer = source.GetLayer()
            target = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(folder / path.name))
            copy = target.CreateLayer(path.stem, layer.GetSpatialRef(), layer.GetGeomType(), ["ENCODING=UTF-8"])
            for i in range(layer.GetLayerDefn().GetFieldCount()):
                copy.CreateField(layer.GetLayerDefn().GetFieldDefn(i))
            for fid in order(layer.GetFeatureCount()):
                feature = ogr.Feature(copy.GetLayerDefn())
                feature.SetFrom(layer.GetFeature(fid))
                copy.CreateFeature(feature)
        text = (SAMPLE / "study.toml").read_text(encoding="utf-8")
        (folder / "study.toml").write_text(text.replace("../../standards/iran.toml", "iran"), encoding="utf-8")
        return folder / "study.toml"

    def test_permuted_rows_of_the_sample(self):
        lottery = random.Random(SEED)
        first = self.copy_of_sample("as it is", lambda count: range(count))
        second = self.copy_of_sample("permuted", lambda count: lottery.sample(range(count), count))
        self.assert_same(self.result(first, "GPKG", threads=1), self.result(second, "GPKG", threads=2))

    def test_sample_on_another_day(self):
        study = SAMPLE / "study.toml"
        changes = command.with_preloaded(FAKETIME[0], {"FAKETIME": "+1d", "TZ": "Asia/Tehran"})
        self.assert_same(self.result(study, "GPKG"), self.result(study, "GPKG", changes, threads=1))


if __name__ == "__main__":
    main()
