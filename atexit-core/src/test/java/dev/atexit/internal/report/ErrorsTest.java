package dev.atexit.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErrorsTest {
    private static JsonNode written(Throwable error) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonOut json = new JsonOut(bytes);
        Errors.write(json, error);
        json.finish();
        return new JsonMapper().readTree(bytes.toByteArray());
    }

    @Test
    void error_withCauseAndSuppressed_hasAll() throws IOException {
        Exception error = new IllegalStateException("outer", new IOException("inner"));
        error.addSuppressed(new ArithmeticException("other"));
        JsonNode json = written(error);
        assertThat(json.get("type").stringValue()).isEqualTo("java.lang.IllegalStateException");
        assertThat(json.get("message").stringValue()).isEqualTo("outer");
        assertThat(json.get("frames").get(0).stringValue())
                .startsWith(ErrorsTest.class.getName() + ".error_withCauseAndSuppressed_hasAll(ErrorsTest.java:");
        assertThat(json.get("cause").get("message").stringValue()).isEqualTo("inner");
        assertThat(json.get("suppressed").get(0).get("message").stringValue()).isEqualTo("other");
        assertThat(json.has("omitted")).isFalse();
    }

    @Test
    void errors_referToEachOther_comeToAnEnd() throws IOException {
        Exception a = new Exception("a");
        Exception b = new Exception("b", a);
        a.initCause(b);
        a.addSuppressed(b);
        JsonNode json = written(a);
        assertThat(json.get("cause").get("omitted").intValue()).isEqualTo(1);
        assertThat(json.get("omitted").intValue()).isEqualTo(1);
    }

    @Test
    void causes_many_areCutAndCounted() throws IOException {
        Exception error = new Exception("0");
        for (int i = 1; i < 100; i++) {
            error = new Exception(Integer.toString(i), error);
        }
        JsonNode json = written(error);
        int depth = 1;
        while (json.has("cause")) {
            json = json.get("cause");
            depth++;
        }
        assertThat(depth).isEqualTo(20);
        assertThat(json.get("omitted").intValue()).isEqualTo(1);
    }

    @Test
    void stack_deep_isCutAndCounted() throws IOException {
        Exception error = new Exception();
        StackTraceElement[] stack = new StackTraceElement[1000];
        Arrays.fill(stack, new StackTraceElement("A", "b", "A.java", 1));
        error.setStackTrace(stack);
        JsonNode json = written(error);
        assertThat(json.get("frames").size()).isEqualTo(Errors.MAX_FRAMES);
        assertThat(json.get("omitted").intValue()).isEqualTo(800);
        assertThat(json.has("message")).isFalse();
    }

    @Test
    void error_throwsWhenAsked_itsTypeIsWritten() throws IOException {
        class Hostile extends RuntimeException {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }
        }
        JsonNode json = written(new Hostile());
        assertThat(json.get("type").stringValue()).endsWith("Hostile");
        assertThat(json.get("message").stringValue())
                .isEqualTo("(it threw java.lang.StackOverflowError when it was asked)");
    }
}
