package dev.atexit.process;

import dev.atexit.AtExit;
import dev.atexit.Registration;
import dev.atexit.signal.Signals;
import java.util.concurrent.CountDownLatch;

/** What {@link SignalsTest} ends: says what its signals did. */
final class SignalsProgram {
    private SignalsProgram() {}

    public static void main(String[] args) throws InterruptedException {
        AtExit.register("end", () -> say("handler"));
        if (args[0].equals("status")) {
            Signals.exitStatus("TERM", 0);
        } else if (args[0].equals("both")) {
            Signals.exitStatus("SIGTERM", 7);
            Signals.on("TERM", () -> say("action"));
        } else if (args[0].equals("chain")) {
            installByHand();
            Signals.on("USR1", () -> say("older"));
            Signals.on("USR1", () -> {
                throw new IllegalStateException("broken");
            });
            Signals.on("USR1", () -> say("newer"));
        } else if (args[0].equals("take-back")) {
            Registration action = Signals.on("TERM", () -> say("action"));
            Signals.on("HUP", () -> say("taken back: " + action.unregister() + ", pending: " + action.isPending()));
        } else if (args[0].equals("refused")) {
            for (String name : args[1].split(",", -1)) {
                try {
                    Signals.on(name, () -> say("never"));
                    say("accepted " + name);
                } catch (IllegalArgumentException refused) {
                    say("refused: " + refused.getMessage());
                }
            }
            return;
        } else {
            Signals.on("TERM", () -> say("never"));
            Signals.exitStatus("HUP", 0);
        }
        say(Ending.LINE);
        new CountDownLatch(1).await();
    }

    /** A handler that somebody had installed before, without this library; by reflection, as its class gives warnings. */
    private static void installByHand() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = java.lang.reflect.Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        say("by hand");
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("USR1"), proxy);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
