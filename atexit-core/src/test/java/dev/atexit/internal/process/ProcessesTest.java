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

    @Test
    void hasEnded_anotherProcess_isToldWhileItLivesAndAfterwards() throws Exception {
        ProcessIdentity own = ProcessIdentity.own();
        assumeTrue(!own.exact.isEmpty(), "only Linux tells when a process began");
        Process process = new ProcessBuilder("sleep", "600").start();
        String stat = ProcFs.read("/proc/" + process.pid() + "/stat");
        assertThat(stat).isNotNull();
        String prefix = own.exact.substring(0, own.exact.lastIndexOf('/') + 1);
        ProcessIdentity other = new ProcessIdentity(process.pid(), own.host, 0, prefix + ProcFs.statField(stat, 22));
        assertThat(other.hasEnded()).isFalse();
        process.destroyForcibly().waitFor();
        assertThat(other.hasEnded()).isTrue();
        assertThat(new ProcessIdentity(process.pid(), own.host, 0, "/" + ProcFs.statField(stat, 22)).hasEnded())
                .isFalse();
    }

    @Test
    void hasEnded_stateOfAProcess_countsItsThreads() {
        long own = ProcessHandle.current().pid();
        assumeTrue(ProcFs.exists("/proc/self/task"), "only Linux shows threads");
        assertThat(ProcFs.threads(own)).isGreaterThan(1);
        assertThat(ProcFs.threads(-1)).isZero();
        assertThat(Processes.hasEnded("X (dead)", own)).isTrue();
        assertThat(Processes.hasEnded("Z (zombie)", own)).isFalse();
        assertThat(Processes.hasEnded("Z (zombie)", -1)).isTrue();
        assertThat(Processes.hasEnded("S (sleeping)", -1)).isFalse();
        assertThat(ProcFs.ownStatus()).contains("Tgid:\t" + own);
    }

    @Test
    void procFs_numbers_haveAtMost18Digits() {
        assertThat(ProcFs.number("999999999999999999")).isEqualTo(999_999_999_999_999_999L);
        assertThat(ProcFs.number("1000000000000000000")).isEqualTo(-1);
        assertThat(ProcFs.number("0")).isZero();
        assertThat(ProcFs.number("1/")).isEqualTo(-1);
        assertThat(ProcFs.number("1:")).isEqualTo(-1);
        assertThat(ProcFs.number(null)).isEqualTo(-1);
        assertThat(ProcFs.lastColumn("7\t1")).isEqualTo("1");
        assertThat(ProcFs.lastColumn("71")).isEqualTo("71");
    }
}
