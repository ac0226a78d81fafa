package dev.atexit.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InstallerTest {
    /** One that opens nothing, as a JVM might be that has no such field. */
    private static Instrumentation closed() {
        return (Instrumentation) Proxy.newProxyInstance(
                InstallerTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> null);
    }

    @Test
    void install_fieldIsOutOfReach_oneLineAndNothingIsThrown() {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            new Installer().accept("", closed());
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("[atexit] agent: cannot watch the shutdown hooks of this JVM: ")
                .containsOnlyOnce("\n");
    }
}
