package dev.atexit.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.journal.Action;
import dev.atexit.internal.journal.JournalBytes;
import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.LockFile;
import dev.atexit.internal.process.ProcessIdentity;
import dev.atexit.internal.tree.RecordedFile;
import dev.atexit.support.Stderr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    static final String ID = "0123456789abcdef0123456789abcdef";
    static final String OTHER_ID = "f123456789abcdef0123456789abcdef";
    static final String RANDOM = "00112233445566778899aabbccddeeff";
    static final long SECOND = 1_000_000_000;
    static final SweepOptions PLAIN = SweepOptions.of(false, false, false, 100);

    @RegisterExtension
    final Stderr stderr = new Stderr();

    @TempDir
    Path directory;

    Path journals;
    Path work;

    @BeforeEach
    void directories() throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        journals = Files.createDirectory(directory.resolve("journals"), owner);
        work = Files.createDirectory(directory.resolve("work"), owner);
    }

    static List<SweptJournal> sweep(Path journals, SweepOptions options, Here here) throws IOException {
        List<SweptJournal> swept = new ArrayList<>();
        new Sweep(journals, options, here, swept::add).run();
        return swept;
    }

    SweptJournal sweepOne(SweepOptions options) throws IOException {
        List<SweptJournal> swept = sweep(journals, options, Here.find());
        assertThat(swept).hasSize(1);
        return swept.get(0);
    }

    Path tree(String name) throws IOException {
        Path tree = Files.createDirectory(work.resolve(name));
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/file"), "x");
        // Made in one instant with its parent, it could not be told from one on a file system without creation times.
        Files.setLastModifiedTime(tree, FileTime.fromMillis(0));
        return tree;
    }

    @Test
    void sweep_madeTreesAndFiles_areDeletedWithTheJournal() throws IOException {
        Path tree = tree("tree");
        Path file = Files.writeString(work.resolve("file"), "x");
        Path other = Files.writeString(work.resolve("other"), "x");
        JournalBytes journal = new JournalBytes();
        long intent = journal.intend(new Action.Delete(true, tree, JournalBytes.recorded(work), null, 0, 0));
        journal.made(intent, JournalBytes.recorded(tree));
        journal.intend(JournalBytes.made(file));
        journal.write(journals, ID);

        SweptJournal swept = sweepOne(PLAIN);

        assertThat(swept.state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(swept.items()).extracting(item -> item.target).containsExactly(file.toString(), tree.toString());
        assertThat(swept.items()).extracting(item -> item.outcome).containsOnly(Outcome.DONE);
        assertThat(tree).doesNotExist();
        assertThat(file).doesNotExist();
        assertThat(other).exists();
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void sweep_replacedFile_isLeftAlone() throws IOException {
        Path file = Files.writeString(work.resolve("file"), "x");
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(file));
        journal.write(journals, ID);
        Files.delete(file);
        Files.writeString(work.resolve("between"), "x");
        Files.writeString(file, "somebody else's");

        SweptJournal swept = sweepOne(PLAIN);

        assertThat(swept.state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(swept.items().get(0).outcome).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(file).hasContent("somebody else's");
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void sweep_interruptedAfterADeletion_findsItGoneTheNextTime() throws IOException {
        Path tree = tree("tree");
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(tree));
        journal.write(journals, ID);
        sweepOne(PLAIN);
        journal.write(journals, ID);

        SweptJournal swept = sweepOne(PLAIN);

        assertThat(swept.items()).extracting(item -> item.outcome).containsOnly(Outcome.GONE);
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void sweep_onlyIntended_deletesOnlyARandomNameInItsParent() throws IOException {
        Path random = tree("tmp-" + RANDOM);
        Path plain = tree("plain");
        Path claimed = tree("claimed");
        Path wrongKind = Files.writeString(work.resolve("f-" + RANDOM), "x");
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path moved = Files.createDirectory(elsewhere.resolve("m-" + RANDOM));
        Path never = work.resolve("never-" + RANDOM);
        RecordedFile parent = JournalBytes.recorded(work);
        JournalBytes journal = new JournalBytes();
        journal.intend(new Action.Delete(true, random, parent, null, 4, 32));
        journal.intend(new Action.Delete(true, plain, parent, null, 0, 0));
        journal.intend(new Action.Delete(true, claimed, parent, null, 0, 7));
        journal.intend(new Action.Delete(true, wrongKind, parent, null, 2, 32));
        journal.intend(new Action.Delete(true, moved, parent, null, 2, 32));
        journal.intend(new Action.Delete(true, never, parent, null, 6, 32));
        journal.write(journals, ID);

        SweptJournal swept = sweepOne(PLAIN);

        assertThat(swept.items())
                .extracting(item -> item.outcome)
                .containsExactly(
                        Outcome.GONE,
                        Outcome.LEFT_ALONE,
                        Outcome.LEFT_ALONE,
                        Outcome.LEFT_ALONE,
                        Outcome.LEFT_ALONE,
                        Outcome.DONE);
        assertThat(random).doesNotExist();
        assertThat(List.of(plain, claimed, wrongKind, moved))
                .allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    void sweep_onlyIntendedByAnotherUser_isLeftAlone() throws IOException {
        Path random = tree("tmp-" + RANDOM);
        JournalBytes journal = new JournalBytes();
        journal.uid = -1;
        journal.intend(new Action.Delete(true, random, JournalBytes.recorded(work), null, 4, 32));
        journal.write(journals, ID);
        assertThat(sweepOne(PLAIN).items().get(0).outcome).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(random).exists();
    }

    @Test
    void sweep_linkInThePlaceOfATree_isLeftAlone() throws IOException {
        Path tree = tree("tree");
        Path victim = tree("victim");
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(tree));
        journal.write(journals, ID);
        Files.move(tree, work.resolve("away"));
        Files.createSymbolicLink(tree, victim);

        assertThat(sweepOne(PLAIN).items().get(0).outcome).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(victim.resolve("a/file")).exists();
        assertThat(work.resolve("away/a/file")).exists();
        assertThat(tree).isSymbolicLink();
    }

    @Test
    void sweep_dryRun_changesNothing() throws IOException {
        Path tree = tree("tree");
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(tree));
        journal.intend(new Action.Delete(false, work.resolve("gone"), null, JournalBytes.recorded(tree), 0, 0));
        journal.intend(new Action.Run(List.of("touch", work.resolve("ran").toString()), work, SECOND));
        Path file = journal.write(journals, ID);
        Files.createFile(journals.resolve(OTHER_ID + ".lock"));

        SweptJournal swept = sweepOne(SweepOptions.of(true, true, true, 100));

        assertThat(swept.state()).isEqualTo(SweptJournal.State.LEFT);
        assertThat(swept.items())
                .extracting(item -> item.outcome)
                .containsExactly(Outcome.OWED, Outcome.GONE, Outcome.OWED);
        assertThat(file).hasBinaryContent(journal.bytes());
        assertThat(tree.resolve("a/file")).exists();
        assertThat(work.resolve("ran")).doesNotExist();
        assertThat(journals.resolve(OTHER_ID + ".lock")).exists();
    }

    @Test
    void sweep_failsFiveTimes_putsTheJournalAside() throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.record((byte) 1, new byte[] {99, 0});
        Path tree = tree("tree");
        journal.intend(JournalBytes.made(tree));
        Path file = journal.write(journals, ID);
        for (int tries = 1; tries <= 4; tries++) {
            SweptJournal swept = sweepOne(PLAIN);
            assertThat(swept.state()).isEqualTo(SweptJournal.State.LEFT);
            assertThat(swept.tries()).isEqualTo(tries);
            assertThat(swept.count(Outcome.DONE)).isEqualTo(tries == 1 ? 1 : 0);
            assertThat(swept.items()).as("what is done is struck out").hasSize(tries == 1 ? 2 : 1);
        }
        assertThat(sweepOne(PLAIN).state()).isEqualTo(SweptJournal.State.QUARANTINED);
        assertThat(file).doesNotExist();
        assertThat(journals.toFile().list()).containsExactly(ID + ".quarantined");
        SweptJournal listed = sweepOne(PLAIN);
        assertThat(listed.state()).isEqualTo(SweptJournal.State.QUARANTINED);
        assertThat(listed.tries()).isEqualTo(5);
        assertThat(journals.toFile().list()).containsExactly(ID + ".quarantined");
    }

    @Test
    void sweep_damagedRecords_doesTheOthersAndSaysSo() throws IOException {
        Path tree = tree("tree");
        Path kept = tree("kept");
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(tree));
        int damaged = journal.nextCell();
        journal.intend(JournalBytes.made(kept));
        Path file = journal.write(journals, ID);
        byte[] bytes = journal.bytes();
        bytes[1024 + (damaged - 1) * 64 + 30] ^= 1;
        Files.write(file, bytes);

        SweptJournal swept = sweepOne(PLAIN);

        assertThat(swept.state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(swept.reason()).contains("1 damaged");
        assertThat(tree).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void sweep_otherMachine_isListedOnly() throws IOException {
        Path tree = tree("tree");
        JournalBytes journal = new JournalBytes();
        journal.machine = "another";
        journal.boot = "another";
        journal.intend(JournalBytes.made(tree));
        journal.write(journals, ID);
        assertThat(sweepOne(PLAIN).state()).isEqualTo(SweptJournal.State.OTHER_HOST);
        SweptJournal listed = sweepOne(SweepOptions.list(100));
        assertThat(listed.state()).isEqualTo(SweptJournal.State.OTHER_HOST);
        assertThat(listed.items().get(0).outcome).isEqualTo(Outcome.OWED);
        assertThat(tree).exists();
        SweptJournal swept = sweepOne(SweepOptions.of(false, true, true, 100));
        assertThat(swept.state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void sweep_containersPredecessor_isSwept() throws IOException {
        Path tree = tree("tree");
        JournalBytes journal = new JournalBytes();
        journal.machine = "another";
        journal.mounts = "mnt:[1]";
        journal.intend(JournalBytes.made(tree));
        journal.write(journals, ID);
        assertThat(sweepOne(PLAIN).state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(tree).doesNotExist();
    }

    @Test
    void sweep_commands_runOnlyWhereAskedForAndAreNoFailureElsewhere() throws IOException {
        Path ran = work.resolve("ran");
        JournalBytes journal = new JournalBytes();
        journal.intend(new Action.Run(List.of("touch", "ran"), work, 60 * SECOND));
        journal.write(journals, ID);
        for (int i = 0; i < 6; i++) {
            SweptJournal swept = sweepOne(PLAIN);
            assertThat(swept.state()).isEqualTo(SweptJournal.State.LEFT);
            assertThat(swept.tries()).isZero();
            assertThat(swept.items().get(0).outcome).isEqualTo(Outcome.NOT_RUN);
        }
        assertThat(ran).doesNotExist();
        assertThat(sweepOne(SweepOptions.of(false, true, false, 100)).state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(ran).exists();
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void sweep_commandsAfterAReboot_areVoid() throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.boot = "another";
        journal.machine = "machine";
        journal.intend(new Action.Run(List.of("touch", "ran"), work, 60 * SECOND));
        journal.write(journals, ID);
        Here here = new Here(journal.uid, "machine", "boot", "mounts");
        List<SweptJournal> swept = sweep(journals, SweepOptions.of(false, true, false, 100), here);
        assertThat(swept.get(0).state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(swept.get(0).items().get(0).outcome).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(work.resolve("ran")).doesNotExist();
    }

    @Test
    void sweep_afterAReboot_goesByInodeAndCreationTime() throws IOException {
        Path tree = tree("tree");
        Path other = tree("other");
        RecordedFile now = JournalBytes.recorded(tree);
        RecordedFile reused = JournalBytes.recorded(other);
        JournalBytes journal = new JournalBytes();
        journal.boot = "before";
        RecordedFile before = new RecordedFile(now.device + 1, now.inode, now.createdNanos, true);
        journal.intend(new Action.Delete(true, tree, null, before, 0, 0));
        RecordedFile older = new RecordedFile(reused.device, reused.inode, reused.createdNanos - 1, true);
        journal.intend(new Action.Delete(true, other, null, older, 0, 0));
        journal.write(journals, ID);
        SweptJournal swept = sweepOne(PLAIN);
        assertThat(swept.items()).extracting(item -> item.outcome).containsExactly(Outcome.LEFT_ALONE, Outcome.DONE);
        assertThat(other).exists();
    }

    @Test
    void sweep_commandThatFailsOrHangs_isTriedAgain() throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.intend(new Action.Run(List.of("false"), work, 60 * SECOND));
        journal.intend(new Action.Run(List.of("sleep", "600"), work, SECOND / 10));
        journal.intend(new Action.Run(List.of("/does/not/exist"), work, SECOND));
        journal.write(journals, ID);
        SweptJournal swept = sweepOne(SweepOptions.of(false, true, false, 100));
        assertThat(swept.items()).extracting(item -> item.outcome).containsOnly(Outcome.FAILED);
        assertThat(swept.items().get(0).reason).contains("could not be started");
        assertThat(swept.items().get(1).reason).contains("in time");
        assertThat(swept.items().get(2).reason).contains("status 1");
        assertThat(swept.tries()).isOne();
    }

    private Performed run(String... command) throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.intend(new Action.Run(List.of(command), work, 60 * SECOND));
        journal.write(journals, ID);
        return sweepOne(SweepOptions.of(false, true, false, 100)).items().get(0);
    }

    private static final SweepOptions COMMANDS = SweepOptions.of(false, true, false, 100);

    private Action append(String line) {
        return new Action.Run(List.of("sh", "-c", "echo " + line + " >> ran"), work, 60 * SECOND);
    }

    private Action ifReady() {
        return new Action.Run(List.of("sh", "-c", "test -e ready && echo second >> ran"), work, 60 * SECOND);
    }

    @Test
    void sweep_groupOfWhichOneFails_doesOnlyThatAgain() throws IOException {
        Path tree = tree("tree");
        Path after = tree("after");
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(after));
        journal.intend(new Action.Group(List.of(
                append("first"), new Action.Group(List.of(ifReady(), JournalBytes.made(tree))), append("third"))));
        journal.write(journals, ID);

        SweptJournal first = sweepOne(COMMANDS);
        assertThat(first.state()).isEqualTo(SweptJournal.State.LEFT);
        assertThat(first.items())
                .extracting(item -> item.outcome)
                .containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.DONE, Outcome.DONE, Outcome.DONE);
        assertThat(sweepOne(SweepOptions.list(100)).items())
                .extracting(item -> item.target)
                .containsExactly("sh -c test -e ready && echo second >> ran");
        assertThat(sweepOne(COMMANDS).items()).extracting(item -> item.outcome).containsExactly(Outcome.FAILED);
        Files.createFile(work.resolve("ready"));
        SweptJournal last = sweepOne(COMMANDS);

        assertThat(last.items()).extracting(item -> item.outcome).containsExactly(Outcome.DONE);
        assertThat(last.state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(work.resolve("ran")).hasContent("first\nthird\nsecond");
        assertThat(journals).isEmptyDirectory();
    }

    /** The journal has no cell left. */
    @Test
    void sweep_groupInAFullJournal_isMarkedBehindItsEnd() throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.intend(new Action.Group(List.of(append("first"), append("other"), ifReady())));
        journal.write(journals, ID);
        Path file = journals.resolve(ID + ".journal");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(1024 + 64L * (journal.nextCell() - 1));
        }

        assertThat(sweepOne(COMMANDS).items()).hasSize(3);
        SweptJournal again = sweepOne(COMMANDS);

        assertThat(again.reason()).as("damage").isEmpty();
        assertThat(again.items()).extracting(item -> item.outcome).containsExactly(Outcome.FAILED);
        assertThat(work.resolve("ran")).hasContent("first\nother");
    }

    @Test
    void sweep_dryRunOfAGroup_marksNothing() throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.intend(new Action.Group(
                List.of(new Action.Delete(false, work.resolve("gone"), null, null, 0, 0), append("first"))));
        journal.write(journals, ID);
        sweepOne(SweepOptions.of(true, true, false, 100));
        assertThat(journals.resolve(ID + ".journal")).hasBinaryContent(journal.bytes());
    }

    @Test
    void sweep_commandThatPrintsMuch_tellsTheLastOfIt() throws IOException {
        Performed performed =
                run("sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo '\u00fc line'; i=$((i+1)); done; echo end >&2");
        assertThat(performed.outcome).isEqualTo(Outcome.DONE);
        assertThat(performed.output)
                .endsWith("\u00fc line\nend\n")
                .hasSizeBetween(3000, CommandOutput.MAX_BYTES)
                .doesNotContain("\ufffd");
    }

    @Test
    void sweep_commandThatPrintsNoText_tellsWhatCanBeRead() throws IOException {
        assertThat(run("printf", "a\\377\\000b").output).isEqualTo("a\ufffd\u0000b");
        assertThat(run("true").output).isEmpty();
    }

    /** What it leaves running has the pipe, and may have it for long. */
    @Test
    void sweep_commandThatLeavesSomethingRunning_isNotWaitedFor() throws Exception {
        Performed performed = run("sh", "-c", "echo begun; sleep 600 & echo $!");
        assertThat(performed.outcome).isEqualTo(Outcome.DONE);
        assertThat(performed.output).startsWith("begun\n");
        long left = Long.parseLong(performed.output.lines().skip(1).findFirst().orElseThrow());
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void sweep_leftovers_areClearedAway() throws IOException {
        JournalBytes.create(journals.resolve(ID + ".lock"), new byte[0]);
        JournalBytes.create(journals.resolve(OTHER_ID + ".lock"), new byte[0]);
        JournalBytes.create(journals.resolve(OTHER_ID + ".new"), new byte[10]);
        JournalBytes.create(journals.resolve(RANDOM + ".new"), new byte[10]);
        Path foreign = JournalBytes.create(journals.resolve("notes.txt"), new byte[0]);
        assertThat(sweep(journals, PLAIN, Here.find())).isEmpty();
        assertThat(journals.toFile().listFiles()).containsExactly(foreign.toFile());
    }

    @Test
    void sweep_ownerLives_isLeftInPeace() throws IOException {
        Path tree = tree("tree");
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(tree));
        Path file = journal.write(journals, ID);
        try (HeldFile held = LockFile.tryHoldQuietly(journals.resolve(ID + ".lock"))) {
            assertThat(held).isNotNull();
            assertThat(sweepOne(PLAIN).state()).isEqualTo(SweptJournal.State.ALIVE);
            assertThat(Sweep.one(journals, ID)).isFalse();
            assertThat(tree).exists();
            assertThat(file).exists();
        }
        assertThat(Sweep.one(journals, ID)).isTrue();
        assertThat(tree).doesNotExist();
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void sweep_ownerLivesWithoutItsLock_isLeftInPeaceAllTheSame() throws IOException {
        Path tree = tree("tree");
        JournalBytes journal = new JournalBytes();
        journal.process = ProcessIdentity.own();
        journal.intend(JournalBytes.made(tree));
        journal.write(journals, ID);
        assertThat(sweepOne(PLAIN).state()).isEqualTo(SweptJournal.State.ALIVE);
        assertThat(tree).exists();
    }

    @Test
    void sweep_lockIsMissing_asksForAProofOfDeath() throws IOException {
        Path tree = tree("tree");
        JournalBytes journal = new JournalBytes();
        ProcessIdentity dead = journal.process;
        journal.process = new ProcessIdentity(dead.pid, dead.host, 0, "");
        journal.intend(JournalBytes.made(tree));
        Path file = JournalBytes.create(journals.resolve(ID + ".journal"), journal.bytes());
        SweptJournal left = sweepOne(PLAIN);
        assertThat(left.state()).isEqualTo(SweptJournal.State.LEFT);
        assertThat(left.reason()).contains("lock is missing");
        assertThat(tree).exists();
        Files.delete(file);
        journal.process = dead;
        JournalBytes.create(journals.resolve(ID + ".journal"), journal.bytes());
        assertThat(sweepOne(PLAIN).state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(tree).doesNotExist();
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void sweep_severalAtOnce_doEachThingOnceAndAllOfIt() throws Exception {
        for (int round = 0; round < 30; round++) {
            List<Path> trees = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                JournalBytes journal = new JournalBytes();
                for (int j = 0; j < 3; j++) {
                    Path tree = tree("tree-" + round + "-" + i + "-" + j);
                    trees.add(tree);
                    journal.intend(JournalBytes.made(tree));
                }
                journal.write(journals, ID.substring(1) + i);
            }
            List<CompletableFuture<List<SweptJournal>>> sweeps = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sweeps.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return sweep(journals, PLAIN, Here.find());
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                }));
            }
            int done = 0;
            for (CompletableFuture<List<SweptJournal>> each : sweeps) {
                for (SweptJournal journal : each.get(1, TimeUnit.MINUTES)) {
                    done += journal.count(Outcome.DONE);
                    if (journal.state() == SweptJournal.State.LEFT) {
                        assertThat(journal.reason()).isEqualTo("another sweep is at work on it");
                    } else {
                        assertThat(journal.state()).isIn(SweptJournal.State.SWEPT, SweptJournal.State.ALIVE);
                    }
                }
            }
            assertThat(done).isEqualTo(trees.size());
            assertThat(trees).noneMatch(Files::exists);
            assertThat(journals).isEmptyDirectory();
        }
    }

    @Test
    void sweep_manyThings_keepsFailuresAndCountsTheRest() throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.record((byte) 1, new byte[] {99, 0});
        for (int i = 0; i < 50; i++) {
            journal.intend(new Action.Delete(false, work.resolve("gone" + i), null, null, 0, 0));
        }
        journal.write(journals, ID);
        SweptJournal swept = sweepOne(SweepOptions.of(false, false, false, 10));
        assertThat(swept.items()).hasSize(10);
        assertThat(swept.omitted()).isEqualTo(41);
        assertThat(swept.items().get(9).outcome).isEqualTo(Outcome.FAILED);
        assertThat(swept.count(Outcome.GONE)).isEqualTo(50);
    }

    @Test
    void inBackground_deadPrograms_saysOneLineForEachThatHadSomething() throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(tree("tree\n1")));
        journal.record((byte) 1, new byte[] {99, 0});
        journal.write(journals, ID);
        new JournalBytes().write(journals, OTHER_ID);
        Sweep.inBackground(journals);
        assertThat(stderr.lines()).hasSize(1);
        assertThat(stderr.lines().get(0))
                .startsWith("[atexit] cleaned up after process " + journal.process.pid + " (Program)")
                .contains("1 removed, 1 left")
                .contains("unknown kind");
        assertThat(journals.toFile().list()).containsExactlyInAnyOrder(ID + ".lock", ID + ".journal");
        Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwxrwxrwx"));
        Sweep.inBackground(journals);
        assertThat(stderr.lines().get(1)).contains("may be written to by others");
    }
}
