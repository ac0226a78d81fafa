package dev.atexit.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.Samples;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Timeline;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a browser: a copy of it with a script that looks where everything is. */
class ChromiumTest {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    /** Writes lines into the page: the window, what is wider than it, the bars, and text that is hard to read. */
    private static final String LOOK = """
            <script>
            const lines = [];
            const round = number => number.toFixed(3);
            lines.push(["window", innerWidth, document.documentElement.scrollWidth,
                getComputedStyle(document.documentElement).backgroundColor].join("\\t"));
            const plot = document.querySelector("svg.bars").getBoundingClientRect();
            for (const group of document.querySelectorAll("svg.bars .e")) {
              const bar = group.querySelector("rect.bar, line.bracket");
              if (bar) {
                const box = bar.getBoundingClientRect();
                const name = group.querySelector("title").textContent.split(": ")[0];
                lines.push(["bar", name, round((box.left - plot.left) / plot.width), round(box.width / plot.width),
                    round((box.top + box.height / 2 - plot.top))].join("\\t"));
              }
            }
            for (const row of document.querySelectorAll(".rows li")) {
              const box = row.getBoundingClientRect();
              lines.push(["row", row.querySelector(".name").textContent, round(box.top - plot.top),
                  round(box.bottom - plot.top)].join("\\t"));
            }
            const rgba = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
            const light = color => {
              const c = color.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
              return .2126 * c[0] + .7152 * c[1] + .0722 * c[2];
            };
            const over = (top, below) => top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3]));
            const ground = element => {
              const stack = [];
              for (let at = element; at; at = at.parentElement) stack.push(rgba(getComputedStyle(at).backgroundColor));
              return stack.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
            };
            for (const element of document.querySelectorAll("body *")) {
              const words = [...element.childNodes].filter(node => node.nodeType === 3 && node.data.trim());
              if (words.length && !element.closest("svg, .card")) {
                const back = ground(element), ink = over(rgba(getComputedStyle(element).color), back);
                const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
                lines.push(["ink", round((a + .05) / (b + .05)), element.tagName + "." + element.className].join("\\t"));
              }
            }
            for (const element of document.querySelectorAll("body *")) {
              const box = element.getBoundingClientRect();
              if (box.width && box.right > innerWidth + 1 && !element.closest("pre, .card")) {
                lines.push(["wide", element.tagName + "." + element.getAttribute("class"), box.right].join("\\t"));
              }
            }
            const first = document.querySelector(".rows a");
            const card = first.parentElement.querySelector(".card");
            const before = getComputedStyle(card).visibility;
            first.focus();
            lines.push(["card", before, getComputedStyle(card).visibility].join("\\t"));
            parent.postMessage(lines.join("\\n"), "*");
            </script>
            """;

    /** A browser's own window is never as narrow as a frame may be. */
    private static final String FRAME = """
            <!DOCTYPE html><meta name="color-scheme" content="light dark"><script>
            addEventListener("message", event => {
              const result = document.createElement("pre");
              result.id = "result";
              result.textContent = event.data;
              document.body.append(result);
            });
            </script><body><iframe src="page.html" style="border: 0; height: 3000px; width:""";

    @ParameterizedTest
    @CsvSource({"400, light", "400, dark", "1600, light", "1600, dark"})
    void page_inABrowser_hasBarsWhereTheReportSaysAndFits(int width, String theme) throws Exception {
        String browser = browser();
        assumeTrue(browser != null, "no browser: none of " + BROWSERS + " is on the PATH");
        Timeline timeline = Timeline.of(Samples.sample("service.json"));

        List<String[]> seen = look(String.valueOf(browser), width, theme);

        String[] window = only(seen, "window").get(0);
        assertThat(window[1]).isEqualTo(Integer.toString(width));
        assertThat(Integer.parseInt(window[2])).isLessThanOrEqualTo(width);
        assertThat(window[3]).isEqualTo(theme.equals("dark") ? "rgb(18, 21, 27)" : "rgb(247, 246, 243)");
        assertThat(only(seen, "wide")).isEmpty();
        assertThat(only(seen, "card").get(0)).containsExactly("card", "hidden", "visible");
        assertThat(only(seen, "ink"))
                .isNotEmpty()
                .allSatisfy(
                        ink -> assertThat(Double.parseDouble(ink[1])).as(ink[2]).isGreaterThanOrEqualTo(4.5));
        assertBars(timeline, seen);
    }

    private static void assertBars(Timeline timeline, List<String[]> seen) {
        Map<String, String[]> rows = new HashMap<>();
        for (String[] row : only(seen, "row")) {
            rows.put(row[1], row);
        }
        Map<String, String[]> bars = new HashMap<>();
        for (String[] bar : only(seen, "bar")) {
            bars.put(bar[1], bar);
        }
        assertThat(rows).hasSize(timeline.rows().size());
        double axis = timeline.axisNanos();
        for (Row row : timeline.rows()) {
            Entry entry = row.entry();
            String[] bar = bars.remove(entry.name());
            if (!entry.outcome().isStarted()) {
                assertThat(bar).as(entry.name()).isNull();
                continue;
            }
            assertThat(bar).as(entry.name()).isNotNull();
            // What the report says, and not what the page's own code makes of it; a stroke takes a pixel or two.
            double start = entry.startNanos().orElseThrow() / axis;
            double length = entry.durationNanos().orElseThrow() / axis;
            assertThat(Double.parseDouble(bar[2])).as(entry.name()).isCloseTo(start, within(0.008));
            assertThat(Double.parseDouble(bar[3])).as(entry.name()).isCloseTo(length, within(0.012));
            assertThat(Double.parseDouble(bar[4]))
                    .as(entry.name())
                    .isBetween(
                            Double.parseDouble(rows.get(entry.name())[2]),
                            Double.parseDouble(rows.get(entry.name())[3]));
        }
        assertThat(bars).isEmpty();
    }

    private static List<String[]> only(List<String[]> lines, String kind) {
        return lines.stream().filter(line -> line[0].equals(kind)).toList();
    }

    private static List<String[]> look(String browser, int width, String theme) throws Exception {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "browser")), "page");
        String page = HtmlPageTest.page(Samples.sample("service.json"));
        String open = page.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
        assertThat(open).isNotEqualTo(page);
        Files.writeString(directory.resolve("page.html"), open.replace("</body>", LOOK + "</body>"));
        Path frame = Files.writeString(directory.resolve("frame.html"), FRAME + width + "px\"></iframe></body>");
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--user-data-dir=" + directory.resolve("profile").toAbsolutePath(),
                        "--blink-settings=preferredColorScheme=" + (theme.equals("dark") ? 0 : 1),
                        "--window-size=1700,1000",
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        frame.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES))
                    .as("the browser ends")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        Elements result = Jsoup.parse(Files.readString(out)).select("#result");
        assertThat(result)
                .as(Files.readString(err, StandardCharsets.ISO_8859_1))
                .hasSize(1);
        return result.get(0)
                .wholeText()
                .lines()
                .map(line -> line.split("\t", -1))
                .toList();
    }

    private static @Nullable String browser() {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            for (String name : BROWSERS) {
                Path file = Path.of(directory, name);
                if (Files.isExecutable(file)) {
                    return file.toString();
                }
            }
        }
        return null;
    }
}
