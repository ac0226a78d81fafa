package dev.atexit.process.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Has the shade plugin of Maven make a jar. */
final class Shading {
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>dev.atexit</groupId>
                <artifactId>atexit-parent</artifactId>
                <version>VERSION</version>
                <relativePath>PARENT</relativePath>
              </parent>
              <artifactId>program</artifactId>
              <build>
                <directory>${project.basedir}</directory>
                <outputDirectory>${project.basedir}/classes</outputDirectory>
                <finalName>program</finalName>
                <plugins>
                  <plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-shade-plugin</artifactId>
                    <configuration>
                      <createDependencyReducedPom>false</createDependencyReducedPom>
                      <outputFile>JAR</outputFile>
                      <relocations>
                        <relocation>
                          <pattern>dev.atexit</pattern>
                          <shadedPattern>NAME</shadedPattern>
                        </relocation>
                      </relocations>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    /** Also what has to be downloaded the first time. */
    private static final long PATIENCE_S = 300;

    private Shading() {}

    /** One jar of the program and of the library, whose package dev.atexit has another name. */
    static void shade(Path jar, String name) throws IOException, InterruptedException {
        Path maven = maven();
        assumeTrue(maven != null, "no mvn on the PATH, which is what shades");
        Path parent = Path.of("..", "pom.xml").toRealPath();
        Path project = Files.createDirectory(jar.resolveSibling("project"));
        Packages.together(project.resolve("classes"));
        Files.writeString(
                project.resolve("pom.xml"),
                POM.replace("VERSION", version(parent))
                        .replace(
                                "PARENT",
                                project.toRealPath().relativize(parent).toString())
                        .replace("JAR", jar.toString())
                        .replace("NAME", name));
        run(project, List.of(String.valueOf(maven), "-q", "-B", "jar:jar", "shade:shade"));
        assertThat(jar).isRegularFile();
    }

    private static void run(Path project, List<String> command) throws IOException, InterruptedException {
        Path said = project.resolve("said");
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS))
                    .as("Maven ended")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String version(Path pom) throws IOException {
        String text = Files.readString(pom);
        int at = text.indexOf("<version>") + "<version>".length();
        return text.substring(at, text.indexOf("</version>", at));
    }

    private static @Nullable Path maven() {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .map(place -> Path.of(place, "mvn"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
