package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles what users write, with all that javac can warn of. */
class ExitStackLintTest {
    @TempDir
    Path out;

    private List<String> warnings(String source) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        String classPath = Path.of("target", "classes").toString();
        // The annotations of the library are not there for a user who does not use them, and javac says so.
        List<String> options =
                List.of("-Xlint:all,-classfile", "-proc:none", "-d", out.toString(), "-classpath", classPath);
        javac.getTask(new StringWriter(), null, found, options, null, List.of(file))
                .call();
        return found.getDiagnostics().stream().map(Object::toString).toList();
    }

    @Test
    void exitStack_usedInAnyWay_compilesWithoutAWarningAndWithoutCatching() {
        assertThat(warnings("""
                        import dev.atexit.AsyncExitStack;
                        import dev.atexit.ExitStack;
                        import java.io.IOException;
                        import java.io.StringReader;
                        import java.sql.SQLException;
                        import java.util.concurrent.CompletableFuture;

                        class Sample {
                            static ExitStack statement() {
                                try (ExitStack stack = new ExitStack()) {
                                    StringReader reader = stack.enter(new StringReader("x"));
                                    stack.callback(() -> System.out.println(reader));
                                    stack.callback(System.out::println, "bound");
                                    return stack.popAll();
                                }
                            }

                            static void quietBody() {
                                ExitStack.using(stack -> {
                                    stack.push(error -> true);
                                    stack.enter(new StringReader("x"));
                                });
                                ExitStack.using(stack -> stack.callback(() -> {}));
                                ExitStack.using(stack -> { throw new IllegalStateException(); });
                            }

                            static void bodyThatThrows() throws IOException {
                                ExitStack.using(stack -> {
                                    stack.enter(new StringReader("x")).read();
                                });
                            }

                            static void bodyThatThrowsTwoThings(boolean sql) throws Exception {
                                ExitStack.using(stack -> {
                                    if (sql) {
                                        throw new SQLException();
                                    }
                                    throw new IOException();
                                });
                            }

                            static CompletableFuture<Void> async() {
                                AsyncExitStack stack = new AsyncExitStack();
                                stack.enter(new StringReader("x"));
                                stack.enterAsync("x", x -> CompletableFuture.completedFuture(x));
                                stack.callbackAsync(() -> CompletableFuture.completedStage(1));
                                return stack.closeAsync();
                            }
                        }
                        """)).isEmpty();
    }

    @Test
    void closeThatDeclaresException_usedInTheSameWay_isWarnedOf() {
        assertThat(warnings("""
                        class Sample {
                            static final class Stack implements AutoCloseable {
                                public void close() throws Exception {}
                            }

                            static void statement() throws Exception {
                                try (Stack stack = new Stack()) {
                                    System.out.println(stack);
                                }
                            }
                        }
                        """)).anyMatch(warning -> warning.contains("InterruptedException"));
    }
}
