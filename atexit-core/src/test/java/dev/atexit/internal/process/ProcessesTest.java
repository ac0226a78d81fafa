package dev.atexit.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    @Test
    void isAlive_processes_areToldFromThreadsAndDeadOnes() throws Exception {
        assertThat(Processes.isAlive(ProcessHandle.current().pid())).isTrue();
        Process process = new ProcessBuilder("sleep", "600").start();
        assertThat(Processes.isAlive(process.pid())).isTrue();
        process.destroyForcibly().waitFor();
        assertThat(Processes.isAlive(process.pid())).isFalse();
        Path tasks = Path.of("/proc/self/task");
        assumeTrue(Files.isDirectory(tasks), "only Linux numbers threads as it numbers processes");
        try (var all = Files.list(tasks)) {
            assertThat(all.mapToLong(task -> Long.parseLong(task.getFileName().toString()))
                            .filter(number -> number != ProcessHandle.current().pid())
                            .filter(Processes::isAlive))
                    .isEmpty();
        }
    }

    @Test
    void own_identity_isThisProcess() {
        ProcessIdentity own = ProcessIdentity.own();
        assertThat(own.pid).isEqualTo(ProcessHandle.current().pid());
        assertThat(own.hasEnded()).isFalse();
        assertThat(own.host).isNotBlank();
    }

    @Test
    void hasEnded_sameNumberButAnotherStart_isAnother() {
        ProcessIdentity own = ProcessIdentity.own();
        assumeTrue(!own.exact.isEmpty(), "only Linux tells when a process began");
        ProcessIdentity earlier = new ProcessIdentity(own.pid, own.host, 0, own.exact + "1");
        assertThat(earlier.hasEnded()).isTrue();
        assertThat(new ProcessIdentity(own.pid, own.host, 0, "elsewhere/pid:[1]/1").hasEnded())
                .isFalse();
        assertThat(new ProcessIdentity(own.pid, own.host, 0, "").hasEnded()).isFalse();
    }

    @Test
    void procFs_fields_areFoundWhereverTheyStand() {
        String status = "Name:\tState: X\nState:\tS (sleeping)\nTgid:\t7\nNSpid:\t7\t1";
        assertThat(ProcFs.field(status, "Name")).isEqualTo("State: X");
        assertThat(ProcFs.field(status, "State")).isEqualTo("S (sleeping)");
        assertThat(ProcFs.field(status, "NSpid")).isEqualTo("7\t1");
        assertThat(ProcFs.field(status, "Uid")).isNull();
        assertThat(ProcFs.showsOurNumbers(status)).isFalse();
        assertThat(ProcFs.showsOurNumbers("NSpid:\t7\n")).isTrue();
        String stat = "7 (a) b) S 1 2 3";
        assertThat(ProcFs.statField(stat, 3)).isEqualTo("S");
        assertThat(ProcFs.statField(stat, 6)).isEqualTo("3");
        assertThat(ProcFs.statField(stat, 22)).isEmpty();
        assertThat(ProcFs.number("x")).isEqualTo(-1);
        assertThat(ProcFs.number("")).isEqualTo(-1);
    }
}
