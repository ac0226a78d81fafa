package dev.atexit.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.ExitPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.StandardEnvironment;

class PolicyPropertiesTest {
    private final StandardEnvironment environment = new StandardEnvironment();

    private void say(String key, Object value) {
        environment
                .getPropertySources()
                .addLast(new OriginTrackedMapPropertySource("application.properties: " + key, Map.of(key, value)));
    }

    private boolean isAnySet() {
        return new PolicyProperties(environment).addTo(ExitPolicy.builder());
    }

    @Test
    void addTo_nothingSet_addsNothing() {
        say("atexit.other", "25s");
        assertThat(isAnySet()).isFalse();
    }

    @Test
    void addTo_eachKey_isUnderstood() {
        for (String key : PolicyProperties.keys()) {
            say(key, "nonsense\0");
            assertThatThrownBy(this::isAnySet).as(key).hasMessageContaining("nonsense");
            environment.getPropertySources().remove("application.properties: " + key);
        }
        say("atexit.deadline", "25s");
        say("atexit.durable", true);
        say("atexit.durable.force", "${force}");
        say("force", "true");
        assertThat(isAnySet()).isTrue();
    }

    @Test
    void addTo_valueThatIsNotUnderstood_failsAndNamesKeyTextFormAndPlace() {
        say("atexit.deadline", OriginTrackedValue.of("25 s", new File()));
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(this::isAnySet)
                .satisfies(e -> assertThat(e.getName()).isEqualTo("atexit.deadline"))
                .satisfies(e -> assertThat(e.getValue()).isEqualTo("25 s"))
                .satisfies(e -> assertThat(e.getReason())
                        .startsWith("atexit.deadline is '25 s', but must be a duration such as 25s, 500ms or 2m")
                        .endsWith(" It stands in application.properties:3."));
    }

    @Test
    void addTo_systemProperty_isLeftToTheLibrary() {
        System.setProperty("atexit.stuck.notice", "nonsense");
        try {
            assertThat(isAnySet()).isFalse();
        } finally {
            System.clearProperty("atexit.stuck.notice");
        }
    }

    @Test
    void keys_all_areThoseOfTheLibraryAndInTheMetadata() throws IOException {
        String policy = Files.readString(Path.of("../atexit-core/src/main/java/dev/atexit/ExitPolicy.java"));
        List<String> ofTheLibrary = Pattern.compile("<td>\\{@code (atexit\\.[a-z.]+)}")
                .matcher(policy)
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(PolicyProperties.keys()).containsExactlyInAnyOrderElementsOf(ofTheLibrary);
        String metadata = Files.readString(Path.of("src/main/resources/META-INF/spring-configuration-metadata.json"));
        assertThat(Pattern.compile("\"name\": \"(atexit\\.[a-z.]+)\",\\s+\"type\": \"java")
                        .matcher(metadata)
                        .results()
                        .map(result -> result.group(1))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(ofTheLibrary);
    }

    /** Where a value stands. */
    private static final class File implements Origin {
        @Override
        public String toString() {
            return "application.properties:3";
        }
    }
}
