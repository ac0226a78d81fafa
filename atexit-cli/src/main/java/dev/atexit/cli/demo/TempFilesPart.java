package dev.atexit.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Temp files that are gone afterwards. */
final class TempFilesPart implements Part {
    @Override
    public String name() {
        return "temp-files";
    }

    @Override
    public String title() {
        return "TempManager: gone with the program";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code(
                "Path directory = temp.createDirectory(\"demo-\");",
                "Path file = temp.createFile(\"demo-\", \".lock\");");
        Child program = stage.run("temp");
        List<Path> made = new ArrayList<>();
        for (String line : program.lines()) {
            if (line.startsWith(Programs.MADE)) {
                made.add(Path.of(line.substring(Programs.MADE.length())));
            }
        }
        boolean gone = made.size() == 3;
        for (Path path : made) {
            gone &= Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
        }
        stage.check("the program made a directory, a file in it and a file, and all three are gone", gone);
    }
}
