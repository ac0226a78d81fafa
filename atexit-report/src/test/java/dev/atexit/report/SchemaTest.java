package dev.atexit.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static Schema schema() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "report.schema.json"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
    }

    private static List<String> problems(String json) throws IOException {
        return schema().validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void samples_all_areAsTheSchemaSays() throws IOException {
        for (String name : Samples.NAMES) {
            assertThat(problems(Samples.text(name))).as(name).isEmpty();
        }
    }

    @Test
    void schema_ofWhatTheReaderRefuses_refusesIt() throws IOException {
        String entry = "{\"name\":\"n\",\"kind\":\"handler\",\"outcome\":\"ran\"}";

        assertThat(problems(Samples.withEntries(""))).isEmpty();
        assertThat(problems(Samples.withEntries(entry))).isNotEmpty();
        assertThat(problems(Samples.withEntries("").replace("end-of-main", "boredom")))
                .isNotEmpty();
        assertThat(problems(Samples.withEntries("").replace("\"version\":1", "\"version\":2")))
                .isNotEmpty();
    }
}
