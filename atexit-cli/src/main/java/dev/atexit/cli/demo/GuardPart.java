package dev.atexit.cli.demo;

import dev.atexit.lock.FileLocks;
import dev.atexit.lock.HeldLock;
import dev.atexit.lock.LockProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A lock between processes. */
final class GuardPart implements Part {
    @Override
    public String name() {
        return "guard";
    }

    @Override
    public String title() {
        return "ResourceGuard: held by one program, free when it ends";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code("ResourceGuard.named(\"demo\", FileLocks.in(directory)).acquire();");
        stage.inDirectory(new Stage.DirectoryUse() {
            @Override
            public void in(Path directory) throws IOException, InterruptedException {
                LockProvider locks = FileLocks.in(directory);
                Child program = stage.start("guard", directory);
                program.awaitLine(Programs.READY);
                stage.check("while it runs, nobody else gets the lock", !isFree(locks));
                program.terminate();
                program.await();
                stage.show(program);
                stage.check("it was ended by SIGTERM, with status 143", program.status() == 143);
                stage.check("now the lock is free", isFree(locks));
            }
        });
    }

    private static boolean isFree(LockProvider locks) throws IOException {
        Optional<HeldLock> lock = locks.tryAcquire("demo");
        if (lock.isPresent()) {
            lock.get().close();
        }
        return lock.isPresent();
    }
}
