package dev.atexit;

import dev.atexit.internal.exit.LockWait;
import dev.atexit.internal.exit.Stall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in the public vocabulary where something stands, and back. */
final class Stalls {
    private static final StackTraceElement[] NO_STACK = {};

    private Stalls() {}

    static List<StackTraceElement> stack(@Nullable Stall stall) {
        return stall == null ? List.of() : List.of(stall.stack);
    }

    static Optional<ExitReport.LockWait> lockWait(@Nullable Stall stall) {
        LockWait wait = stall == null ? null : stall.lockWait();
        if (wait == null) {
            return Optional.empty();
        }
        List<ExitReport.ThreadStack> circle = new ArrayList<>(wait.circle.size());
        for (LockWait.Standing standing : wait.circle) {
            circle.add(thread(standing));
        }
        Optional<ExitReport.ThreadStack> holder =
                wait.holder == null ? Optional.empty() : Optional.of(thread(wait.holder));
        return Optional.of(new ExitReport.LockWait(wait.lock, holder, Collections.unmodifiableList(circle)));
    }

    private static ExitReport.ThreadStack thread(LockWait.Standing standing) {
        return new ExitReport.ThreadStack(standing.thread, Optional.ofNullable(standing.lock), List.of(standing.stack));
    }

    static Stall stall(List<StackTraceElement> stack, Optional<ExitReport.LockWait> lockWait) {
        if (lockWait.isEmpty()) {
            return new Stall(stack.toArray(NO_STACK), null);
        }
        ExitReport.LockWait wait = lockWait.get();
        List<LockWait.Standing> circle = new ArrayList<>();
        for (ExitReport.ThreadStack thread : wait.deadlock()) {
            circle.add(standing(thread));
        }
        LockWait.Standing holder =
                wait.holder().isEmpty() ? null : standing(wait.holder().get());
        return new Stall(stack.toArray(NO_STACK), new LockWait(wait.lock(), holder, circle));
    }

    private static LockWait.Standing standing(ExitReport.ThreadStack thread) {
        return new LockWait.Standing(
                thread.thread(), thread.waitsFor().orElse(null), thread.stack().toArray(NO_STACK));
    }
}
