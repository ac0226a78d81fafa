package dev.atexit.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.report.RecordedExit;
import dev.atexit.report.Samples;
import dev.atexit.report.timeline.Shown;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class HtmlPageTest {
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "<script>alert(1)</script>",
            "</title><script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "]]>",
            "<!--",
            "--><b>",
            "&lt;&amp;&#60;&nbsp;",
            "</svg></style><style>*{display:none}</style>",
            "a\nb\r\n\tc",
            "\u0000\u0001\u001b[31m\u007f\u0085\u2028",
            "abc\u202efed\u2066x\u061c\u200f",
            "שלום عربي",
            "👩‍💻🇸🇪é",
            "\ud800",
            "\udc00x\ud800",
            "\ufffe\uffff\ufdd0",
            "x".repeat(10_000),
            "👩".repeat(5_000),
            "javascript:alert(1)",
            "`${7*7}`{{7*7}}");

    static String page(RecordedExit exit) throws IOException {
        StringBuilder out = new StringBuilder();
        HtmlPage.of(exit).writeTo(out);
        return out.toString();
    }

    private static Document html(String page) {
        return Jsoup.parse(page);
    }

    private static void assertWellFormed(String page) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
        } catch (SAXException | ParserConfigurationException malformed) {
            throw new AssertionError("no XML", malformed);
        }
    }

    private static Set<String> shape(Document page) {
        Set<String> shape = new TreeSet<>();
        for (Element element : page.getAllElements()) {
            shape.add(element.tagName());
            for (Attribute attribute : element.attributes()) {
                shape.add(element.tagName() + " " + attribute.getKey());
            }
        }
        return shape;
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            out.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
        }
        return out.append('"').toString();
    }

    /** The text at every place where a report has one. */
    private static RecordedExit exitFullOf(String text) throws IOException {
        String q = quoted(text);
        String error = "{\"type\":" + q + ",\"message\":" + q + ",\"frames\":[" + q + "]";
        error = error + ",\"cause\":" + error + "},\"suppressed\":[" + error + "}]}";
        String stack = "{\"thread\":" + q + ",\"lock\":" + q + ",\"frames\":[" + q + "]}";
        String stall =
                "{\"frames\":[" + q + "],\"lock\":" + q + ",\"owner\":" + stack + ",\"deadlock\":[" + stack + "]}";
        String common = "\"name\":" + q + ",\"kind\":" + q + ",\"thread\":" + q + ",\"site\":" + q + ",\"after\":[" + q
                + "],\"timeoutNanos\":5,\"startNanos\":1,\"durationNanos\":500";
        String failed = "{" + common + ",\"outcome\":\"failed\",\"error\":" + error + "}";
        String left = "{" + common + ",\"outcome\":\"left-behind\",\"stall\":" + stall + "}";
        String late = "{" + common + ",\"outcome\":\"timed-out\"}";
        String skipped = "{\"name\":" + q + ",\"kind\":" + q + ",\"outcome\":\"skipped\"}";
        String group = "{" + common + ",\"outcome\":\"ran\",\"entries\":[" + failed + "," + late + "]}";
        String json = Samples.withEntries(group + "," + left + "," + skipped, ",\"warnings\":[" + q + "]")
                .replace("\"w\"", q)
                .replace("\"17\"", q + ",\"command\":" + q)
                .replace(
                        "{\"kind\":\"end-of-main\",\"text\":\"t\"}",
                        "{\"kind\":\"uncaught\",\"text\":" + q + ",\"thread\":" + q + ",\"error\":" + error + "}");
        return Samples.read(json);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(60);
        Arbitrary<String> markup = Arbitraries.strings()
                .withChars("<>&\"'`/=! -[]#;\\\n\u202e\ud83d\udc69a")
                .ofMaxLength(40);
        return Arbitraries.oneOf(Arbitraries.of(HOSTILE), any, markup);
    }

    @Property(tries = 150)
    void text_anyAnywhere_isShownAndBecomesNoMarkup(@ForAll("texts") String text) throws IOException {
        String page = page(exitFullOf(text));

        assertWellFormed(page);
        Document html = html(page);
        assertThat(shape(html)).isSubsetOf(shape(html(page(exitFullOf("x".repeat(300))))));
        String name = Shown.name(text, 200);
        assertThat(html.select("tbody th > bdi"))
                .hasSize(5)
                .allSatisfy(cell -> assertThat(cell.wholeText()).isEqualTo(name));
        assertThat(html.select(".rows .name"))
                .hasSize(5)
                .allSatisfy(cell -> assertThat(cell.wholeText()).isEqualTo(name));
        assertThat(html.select("svg .e title"))
                .hasSize(5)
                .allSatisfy(title -> assertThat(title.wholeText()).startsWith(Shown.name(text, 120)));
        assertThat(html.select("script, img, iframe, object, embed, base, form, link, image, foreignObject"))
                .isEmpty();
    }

    @Test
    void text_hostile_isShownAndBecomesNoMarkup() throws IOException {
        for (String text : HOSTILE) {
            text_anyAnywhere_isShownAndBecomesNoMarkup(text);
        }
    }

    @Test
    void page_ofAnyReport_isAsciiAndLoadsNothing() throws IOException {
        for (String sample : Samples.NAMES) {
            String page = page(Samples.sample(sample));

            assertWellFormed(page);
            assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(page)).isTrue();
            Document html = html(page);
            assertThat(html.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                    .isEqualTo("default-src 'none'; style-src 'unsafe-inline'");
            assertThat(html.select("[src]")).isEmpty();
            assertThat(html.select("[href]"))
                    .allSatisfy(link -> assertThat(link.attr("href")).startsWith("#"));
            assertThat(page)
                    .doesNotContain("@import")
                    .doesNotContain("@font-face")
                    .doesNotContain("<script");
            assertThat(page.replace("http://www.w3.org/1999/xhtml", ""))
                    .doesNotContain("http:")
                    .doesNotContain("https:");
        }
    }

    @Test
    void links_inThePage_leadSomewhere() throws IOException {
        for (String sample : Samples.NAMES) {
            Document html = html(page(Samples.sample(sample)));
            Set<String> ids = html.select("[id]").stream().map(Element::id).collect(Collectors.toSet());

            assertThat(ids).hasSameSizeAs(html.select("[id]"));
            assertThat(html.select("[href]"))
                    .allSatisfy(
                            link -> assertThat(ids).contains(link.attr("href").substring(1)));
            for (Element labelled : html.select("[aria-labelledby]")) {
                assertThat(ids).contains(labelled.attr("aria-labelledby").split(" "));
            }
        }
    }

    @Test
    void page_ofAService_saysWhatHappened() throws IOException {
        Document html = html(page(Samples.sample("service.json")));

        assertThat(html.select("h1").text()).isEqualTo("com.example.orders.Main ended in 5.04 s");
        assertThat(html.select(".reason").text()).isEqualTo("The signal TERM told it to end.");
        assertThat(html.select(".verdict").text())
                .isEqualTo("Of 20 handlers, 1 failed, 1 timed out, 1 was left behind and 1 never started.");
        assertThat(html.select(".slow li .name").eachText()).startsWith("order consumer", "search index", "ledger");
        assertThat(html.select("svg[role=img] > desc").text()).contains("goodbye to the cluster, then http server");
        assertThat(html.select("tr.crit bdi").eachText())
                .containsExactly(
                        "goodbye to the cluster",
                        "services",
                        "http server",
                        "order consumer",
                        "connection pool",
                        "search index",
                        "ledger",
                        "pid file",
                        "temp files",
                        "logging");
        assertThat(html.select("article").text())
                .contains("Failed after 38.9 ms: java.io.UncheckedIOException: cannot write sessions.bin")
                .contains("It waited for java.lang.Object@2f4d3709, which the thread “ledger-writer” held")
                .contains("That is a deadlock");
        assertThat(html.select("details pre").text())
                .contains("Caused by: java.nio.file.FileSystemException")
                .contains("Suppressed: java.lang.IllegalStateException")
                .contains("... 3 left out");
        assertThat(html.select("main, header, footer")).hasSize(3);
    }

    @Test
    void bars_ofManyEntries_areDrawnAsOneAndSaySo() throws IOException {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 12_000; i++) {
            entries.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"h" + i + "\",\"kind\":\"handler\",\"outcome\":\""
                            + (i % 1000 == 7 ? "failed" : "ran") + "\",\"startNanos\":" + i * 10L
                            + ",\"durationNanos\":" + i % 50 + "}");
        }
        Document html = html(page(Samples.read(Samples.withEntries(entries.toString()))));

        assertThat(html.select("svg.bars .e:not(.rest) rect.bar")).hasSize(2_000);
        assertThat(html.select("li.rest .name").text()).isEqualTo("and 10,000 more");
        assertThat(html.select(".note").text()).contains("There are 12,000 entries. The 2,000 that matter most");
        assertThat(html.select("tbody tr:not(.rest)")).hasSize(5_000);
        assertThat(html.select("tr.rest").text()).contains("and 7,000 more");
        assertThat(html.select("svg.bars .e.failed title")).hasSize(12);
    }
}
