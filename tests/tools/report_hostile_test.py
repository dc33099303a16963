"""Names from data are text on the page: never markup, never script, never a placeholder; and the policy holds."""

from browser_case import BrowserCase, column_of, data_of, table_of

from tool_case import main

NAMES = {
    "D1": '<img src=x onerror="window.broken=1">&amp; <b>bold</b>',
    "D2": "</script><script>window.broken=1</script><!-- amayesh:scripts -->",
    "D3": "{{data}} ${window.broken=1} <!-- amayesh:data --> {low}",
    "D4": "ab\u202ec\u2066 ]]> \u2028 ' \" \\",
}
TITLE = "</title><script>window.broken=1</script> {{title}} \u202e<!-- amayesh:styles -->"


class Hostile(BrowserCase):
    def setUp(self):
        super().setUp()
        for _, attributes in self.study.districts.features:
            attributes["name"] = attributes["county"] = attributes["province"] = NAMES[attributes["id"]]
        self.study.settings["title"] = TITLE
        self.study.settings["language"] = "en"
        self.data = self.report()
        self.open()

    def names_on_page(self):
        return self.script(
            "return [...document.querySelectorAll('[data-table=units] tbody th bdi')].map((one) => one.textContent)"
        )

    def test_names_stand_as_they_are(self):
        units = table_of(self.data, "units")
        at = column_of(units, "name")
        self.assertEqual({row[at] for row in units["rows"]}, set(NAMES.values()))
        for _ in range(2):
            self.assertEqual(set(self.names_on_page()), set(NAMES.values()))
            self.switch_language()

    def test_nothing_of_a_name_became_an_element(self):
        self.assertIsNone(self.script("return window.broken || null"))
        self.assertEqual(self.all("img, iframe, object, embed, link, base, form"), [])
        self.assertEqual(len(self.all("script")), 2)
        self.assertEqual(len(self.all("style")), 1)
        self.assertEqual(self.script("return document.querySelector('h1').textContent"), TITLE)

    def test_details_and_pointer_show_names_as_text(self):
        for place, name in (
            ((58.65, 36.04), NAMES["D1"]),
            ((59.35, 36.26), NAMES["D2"]),
            ((59.35, 36.56), NAMES["D4"]),
        ):
            self.point_at(*place)
            self.assertIn(name, self.text(".pointed"))
            self.point_at(*place, click=True)
            self.assertEqual(self.text(".chosen-name"), name)
        self.assertIsNone(self.script("return window.broken || null"))

    def test_direction_of_a_name_ends_with_the_name(self):
        """The override in a name must not turn round what follows: each stands in an isolate."""
        wrong = self.script(
            """
            const walker = document.createTreeWalker(document.getElementById('report'), NodeFilter.SHOW_TEXT);
            const wrong = [];
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              if (node.data.includes('\\u202e') && !node.parentElement.closest('bdi')) { wrong.push(node.parentElement.outerHTML.slice(0, 200)); }
            }
            for (const element of document.querySelectorAll('[aria-label], [title]')) {
              if (/[\\u202a-\\u202e]/.test((element.getAttribute('aria-label') || '') + (element.title || ''))) { wrong.push(element.outerHTML.slice(0, 200)); }
            }
            return wrong.concat(/[\\u202a-\\u202e]/.test(document.title) ? ['title'] : []);
            """
        )
        self.assertEqual(wrong, [])

    def test_the_page_has_no_markup_that_acts(self):
        acting = self.script(
            """
            return [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes].map((a) => a.name + '=' + a.value))
              .filter((text) => /^on/i.test(text) || /^(src|srcset|action|formaction|background|poster)=/.test(text) || /^(xlink:)?href=(?!#)/.test(text));
            """
        )
        self.assertEqual(acting, [])

    def test_the_policy_refuses_scripts_styles_and_addresses(self):
        self.expected_on_console = "what the policy refused"
        policy = self.one("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        for rule in (
            "default-src 'none'",
            "script-src 'sha256-",
            "style-src 'sha256-",
            "form-action 'none'",
            "base-uri 'none'",
        ):
            self.assertIn(rule, policy)
        for loose in ("unsafe-inline", "unsafe-eval", "http", "*"):
            self.assertNotIn(loose, policy)
        done = self.driver.execute_async_script(
            """
            const done = arguments[arguments.length - 1], refused = [];
            document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
            const script = document.createElement('script');
            script.textContent = 'window.broken = 1';
            document.body.append(script);
            const holder = document.createElement('div');
            holder.innerHTML = '<img src=x onerror="window.broken = 1"><p style="color: red">x</p>';
            document.body.append(holder);
            const image = new Image();
            image.src = 'http://192.0.2.1/x.png';
            fetch('http://192.0.2.1/').catch(() => 0);
            setTimeout(() => done([refused, window.broken || null]), 300);
            """
        )
        refused, broken = done
        self.assertIsNone(broken)
        for rule in ("script-src-elem", "img-src", "connect-src", "style-src-attr"):
            self.assertIn(rule, refused)

    def test_the_watch_for_requests_sees_one(self):
        """The check after every test would notice: a page without the policy asks for an address."""
        page = self.outputs / "asks.html"
        page.write_text("<!doctype html><title>x</title><img src='http://192.0.2.1/x.png'>", encoding="utf-8")
        self.open(page)
        self.expected_on_console = "the address that is not there"
        self.assertEqual(self.requests_outside(), ["http://192.0.2.1/x.png"])


class Empty(BrowserCase):
    """A study that has next to nothing: each part says so."""

    def test_parts_without_data_say_so(self):
        for layer in (self.study.zones, self.study.power, self.study.networks, self.study.settlements):
            self.study.remove(layer)
        for _, attributes in self.study.districts.features:
            attributes["people"] = None
        self.study.settings["language"] = "en"
        data = self.report()
        self.open()
        self.assertFalse(any(table["name"] == "zones" and table["rows"] for table in data["tables"]))
        for chart in self.all(".chart-figure"):
            empty = "There is no data for this part." in chart.text
            self.assertTrue(empty, chart.text)
            self.assertEqual(chart.find_elements("css selector", "svg, table"), [])
        self.assertNotIn("undefined", self.text("#report"))
        self.assertNotIn("NaN", self.text("#report"))
        self.switch_language()
        self.assertIn("برای این بخش داده‌ای در دست نیست.", self.text("#charts"))

    def test_a_district_without_a_shape_is_in_the_table_alone(self):
        for feature, attributes in self.study.districts.features:
            self.study.districts.set_geometry(attributes["id"], None)
        self.study.write()
        outcome = self.amayesh("report", self.study.path, "-o", self.page)
        if outcome.code == 0:
            self.open()
            self.assertNotIn("undefined", self.text("#report"))
            self.assertTrue(data_of(self.page)["tables"])


if __name__ == "__main__":
    main()
