package dev.atexit.process.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the environment of a program would do to the JVM that cleans up after it. */
@Execution(ExecutionMode.CONCURRENT)
class HostileEnvironmentTest {
    private static final String LISTENING = "Listening for transport dt_socket at address: ";
    private static final byte[] HANDSHAKE = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
    private static final int RESUME_LENGTH = 11;
    private static final int VIRTUAL_MACHINE = 1;
    private static final int RESUME = 9;

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsShells() {
        Shells.assumeTheyExist();
    }

    @Test
    void optionFiles_thatAreGoneByThen_doNotStopIt() throws Exception {
        Path options = Files.writeString(directory.resolve("options"), "-Dsome=thing\n");
        ChildJvm.Builder program = Watched.prepare(directory)
                .env("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=" + options)
                .env("JDK_JAVA_OPTIONS", "@" + options)
                .env("CLASSPATH", directory.toString())
                .env("ENV", options.toString())
                .env("BASH_ENV", options.toString());
        try (Watched watched = Watched.start(program, directory)) {
            Files.delete(options);
            watched.child().signal("KILL");
            watched.assertGoneAndCleanedUp();
        }
    }

    @Test
    void debugger_thatWaitsForSomebody_doesNotStopIt() throws Exception {
        ChildJvm.Builder program = Watched.prepare(directory)
                .env("JAVA_TOOL_OPTIONS", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0");
        try (ChildJvm child = program.start();
                Socket debugger = attach(child)) {
            resume(debugger);
            Path tree = Path.of(child.nextLine());
            Watched watched = new Watched(child, Shells.awaitOne(child.pid()), tree, directory);
            child.signal("KILL");
            watched.assertGoneAndCleanedUp();
        }
    }

    private static Socket attach(ChildJvm child) throws Exception {
        String line = child.nextLine();
        assertThat(line).startsWith(LISTENING);
        return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(line.substring(LISTENING.length())));
    }

    private static void resume(Socket debugger) throws Exception {
        InputStream in = debugger.getInputStream();
        DataOutputStream out = new DataOutputStream(debugger.getOutputStream());
        out.write(HANDSHAKE);
        assertThat(in.readNBytes(HANDSHAKE.length)).isEqualTo(HANDSHAKE);
        out.writeInt(RESUME_LENGTH);
        out.writeInt(1);
        out.writeByte(0);
        out.writeByte(VIRTUAL_MACHINE);
        out.writeByte(RESUME);
        out.flush();
    }

    @Test
    void locale_ofTheOperator_isKeptForTheNamesOfFiles() throws Exception {
        for (String locale : List.of("C", "tr_TR.UTF-8")) {
            Path own = Files.createDirectory(directory.resolve("l-" + locale));
            ChildJvm.Builder program = Watched.prepare(own)
                    .env("LC_ALL", locale)
                    .property("user.language", "tr")
                    .property("user.country", "TR");
            try (Watched watched = Watched.start(program, own)) {
                watched.child().signal("KILL");
                watched.assertGoneAndCleanedUp();
            }
        }
    }
}
