"""Nothing in a study or in its data makes the program go to the network."""

import json
import re
import shutil
import socket
import unittest

import command
from tool_case import ToolCase, main


class Network(ToolCase):
    """A server listens on this machine; nobody may call it."""

    def setUp(self):
        super().setUp()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(0)
        self.addCleanup(self.server.close)
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"
        self.study.write()

    def assert_nobody_called(self):
        with self.assertRaises(BlockingIOError):
            self.server.accept()

    def name_source(self, source):
        self.study.zones.settings["source"] = source
        self.study.write_study_file()

    def test_the_server_notices_a_call(self):
        socket.create_connection(self.server.getsockname()).close()
        self.server.settimeout(5)
        self.server.accept()[0].close()

    def test_remote_names_are_refused_with_the_way_out(self):
        for name in [
            "http://{}/zones.geojson",
            "https://{}/zones.geojson",
            "ftp://{}/zones.geojson",
            "/vsicurl/http://{}/zones.geojson",
            "/vsicurl_streaming/http://{}/zones.geojson",
            "/vsizip//vsicurl/http://{}/zones.zip/zones.shp",
            "/vsizip/{{/vsicurl/http://{}/zones.zip}}/zones.shp",
            "/vsigzip//vsicurl/http://{}/zones.geojson.gz",
            "/vsitar//vsicurl/http://{}/zones.tar",
            "/vsisubfile/0_10,/vsicurl/http://{}/zones.geojson",
            "/vsicached?file=/vsicurl/http://{}/zones.geojson",
            "/vsis3/bucket/zones.geojson",
            "/vsigs/bucket/zones.geojson",
            "/vsiaz/bucket/zones.geojson",
            "/vsihdfs/zones.geojson",
            "/vsiwebhdfs/http://{}/zones.geojson",
            "GeoJSON:http://{}/zones.geojson",
            "WFS:http://{}/wfs",
        ]:
            with self.subTest(name=name):
                self.name_source(name.format(self.address))
                for outcome in (self.check(), self.gap()):
                    self.assertEqual(outcome.code, 1, outcome)
                    self.assertEqual(len(outcome.stderr.strip().splitlines()), 1, outcome)
        for name in ("http://{}/zones.geojson", "/vsicurl/http://{}/z.geojson", "/vsizip//vsicurl/http://{}/z.zip"):
            self.name_source(name.format(self.address))
            self.assert_failed(self.check(), self.address, "--allow-network")
        self.assert_nobody_called()
        self.assert_nothing_written()

    def test_allow_network_is_what_opens_the_door(self):
        self.name_source(f"/vsicurl/http://{self.address}/zones.geojson")
        changes = {"GDAL_HTTP_TIMEOUT": "1", "GDAL_HTTP_CONNECTTIMEOUT": "1", "GDAL_HTTP_MAX_RETRY": "0"}
        self.assertEqual(self.check("--allow-network", changes=changes).code, 1)
        self.server.settimeout(5)
        self.server.accept()[0].close()

    def test_joins_and_parents_are_refused_too(self):
        self.study.districts.settings["joins"] = [
            {"source": f"http://{self.address}/census.csv", "on": [{"field": "id", "table_field": "id"}],
             "take": {"deprivation_weight": "weight"}}
        ]
        self.study.write_study_file()
        self.assert_failed(self.check(), self.address, "--allow-network")
        self.assert_nobody_called()

    def test_databases_elsewhere_are_refused(self):
        for name in ("PG:host=192.0.2.1 dbname=x", "PG:service=far dbname=x", "PG:dbname='host=192.0.2.1'",
                     "postgresql://192.0.2.1/x", "PG:hostaddr=192.0.2.1 host=localhost dbname=x",
                     "PG:host=localhost,192.0.2.1 dbname=x"):
            with self.subTest(name=name):
                self.name_source(name)
                self.assert_failed(self.check(), "PostgreSQL", "--allow-network")

    def test_crs_of_the_data_that_is_an_address(self):
        zones = json.loads((self.inputs / "zones.geojson").read_text())
        for crs in ({"type": "link", "properties": {"href": f"http://{self.address}/crs", "type": "proj4"}},
                    {"type": "name", "properties": {"name": f"http://{self.address}/def/crs/EPSG/0/4326"}}):
            (self.inputs / "zones.geojson").write_text(json.dumps({**zones, "crs": crs}), encoding="utf-8")
            self.assertIn(self.check().code, (0, 1))
        self.assert_nobody_called()

    def test_proj_fetches_no_grids(self):
        changes = {"PROJ_NETWORK": "ON", "PROJ_NETWORK_ENDPOINT": f"http://{self.address}"}
        self.study.zones.settings["crs"] = "EPSG:4326"
        self.study.settlements.settings["crs"] = "EPSG:4230"
        self.study.write_study_file()
        self.assertIn(self.check(changes=changes).code, (0, 1))
        self.assert_nobody_called()

    @unittest.skipUnless(shutil.which("strace"), "no strace here; the server of the other tests heard nothing")
    def test_no_run_connects_anywhere(self):
        trace = self.folder / "trace"
        wrapper = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(trace))
        for source in (None, f"/vsicurl/http://{self.address}/z.geojson", f"/vsizip//vsicurl/http://{self.address}/z.zip"):
            with self.subTest(source=source):
                if source:
                    self.name_source(source)
                outcome = self.gap(wrapper=wrapper, changes=command.WITHOUT_LEAK_CHECK)
                self.assertEqual(outcome.code, 1 if source else 0, outcome)
                calls = trace.read_text()
                self.assertFalse(re.search(r"(connect|sendto|sendmsg)\(", calls), calls)
                self.target.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
