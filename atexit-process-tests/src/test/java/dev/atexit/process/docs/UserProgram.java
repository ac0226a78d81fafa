package dev.atexit.process.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The source of a user's class {@code App}, which has the library on its class path and nothing else. */
final class UserProgram {
    private final String source;
    private final Path directory;

    UserProgram(String source, Path directory) {
        this.source = source;
        this.directory = directory;
    }

    /** Compiles it with all that javac can warn of; a warning fails the test. */
    void compile(Object description) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///App.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        // The annotations of the library are not there for a user who does not use them, and javac says so.
        List<String> options = List.of(
                "-Xlint:all,-classfile",
                "-Werror",
                "-proc:none",
                "-d",
                directory.toString(),
                "-classpath",
                ChildJvm.place(AtExit.class));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(new StringWriter(), null, found, options, null, List.of(file))
                .call();
        assertThat(found.getDiagnostics()).as("%s%n%s", description, source).isEmpty();
        assertThat(compiled).isTrue();
    }

    /** Prepares a JVM that runs it; all that it leaves behind by default is in the directory, too. */
    ChildJvm.Builder running(String... arguments) throws IOException {
        return ChildJvm.running("App", arguments)
                .classPath(ChildJvm.place(AtExit.class) + File.pathSeparator + directory)
                .property("atexit.state.dir", directory.resolve("state").toString());
    }
}
