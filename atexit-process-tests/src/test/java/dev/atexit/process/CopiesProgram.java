package dev.atexit.process;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Loads several copies of the library, each into a class loader of its own, and ends. */
public final class CopiesProgram {
    private static final Class<?>[] ONE_STRING = {String.class};
    private static final long GONE_WITHIN_S = 60;

    private CopiesProgram() {}

    /** The scenario, the place of the library, the place of the tests, and perhaps a path. */
    public static void main(String[] args) throws Exception {
        URL[] places = {url(args[1]), url(args[2])};
        switch (args[0]) {
            case "order" -> order(copy(places), copy(places));
            case "orderWithTheProgram" -> order(copy(places), CopiesProgram.class.getClassLoader());
            case "takeBack" -> takeBack(copy(places), copy(places));
            case "reason" -> {
                call(copy(places), "register", "host");
                call(copy(places), "registerReason", "guest");
            }
            case "nested" -> {
                call(copy(places), "register", "host");
                call(copy(places), "registerTwice", "guest");
            }
            case "hostLeaves" -> hostLeaves(places);
            case "guestLeaves" -> guestLeaves(places);
            case "hostRunsItsOwn" -> hostRunsItsOwn(copy(places), copy(places));
            case "failing" -> {
                call(copy(places), "register", "host");
                ClassLoader guest = copy(places);
                call(guest, "registerFailing", "fails");
                call(guest, "guard", "guard");
            }
            case "last" -> {
                ClassLoader host = copy(places);
                call(copy(places), "registerLast", "guest");
                call(host, "register", "host");
            }
            case "silentGuest" -> {
                ClassLoader host = copy(places);
                call(host, "register", "host");
                tellReasonInHook(copy(places));
            }
            case "tooLate" -> tooLate(copy(places), copy(places));
            case "guestLeavesTheProgram" -> {
                WeakReference<ClassLoader> gone = useAndForget(places);
                System.out.println("collected: " + isCollected(gone));
            }
            case "hostLeavesGuestsBehind" -> hostLeavesGuestsBehind(places, false);
            case "hostLeavesAfterTheLock" -> hostLeavesAfterTheLock(places, Path.of(args[3]));
            case "hostOfLockIsForgotten" -> hostOfLockIsForgotten(places, Path.of(args[3]));
            case "hostLeavesGuestsAndExits" -> hostLeavesGuestsBehind(places, true);
            case "hostLeavesFinisherBehind" -> hostLeavesFinisherBehind(places);
            case "churn" -> churn(places);
            case "lock" -> lock(copy(places), copy(places), Path.of(args[3]));
            case "owe" -> owe(copy(places), copy(places), Path.of(args[3]));
            case "oweWhileTheOtherLeaves" -> oweWhileTheOtherLeaves(copy(places), copy(places), Path.of(args[3]));
            case "guestLeavesItsJournal" -> guestLeavesItsJournal(places, Path.of(args[3]));
            case "oweInTurns" -> oweInTurns(places, Path.of(args[3]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void order(ClassLoader one, ClassLoader other) throws Exception {
        for (int i = 0; i < 3; i++) {
            call(one, "register", "one " + i);
            call(other, "register", "other " + i);
        }
    }

    private static void takeBack(ClassLoader host, ClassLoader guest) throws Exception {
        call(host, "register", "host 1");
        call(guest, "register", "guest 1");
        call(guest, "register", "guest 2");
        System.out.println("taken back: " + call(guest, "unregister", "guest 1"));
        System.out.println("run now: "
                + guest.loadClass(CopyUser.class.getName()).getMethod("runNow").invoke(null));
        call(guest, "register", "guest 3");
        guest.loadClass(CopyUser.class.getName()).getMethod("clear").invoke(null);
    }

    private static void hostLeaves(URL[] places) throws Exception {
        WeakReference<ClassLoader> gone = useAndForget(places);
        System.out.println("collected: " + isCollected(gone));
        order(copy(places), copy(places));
    }

    private static void guestLeaves(URL[] places) throws Exception {
        ClassLoader host = copy(places);
        call(host, "register", "host");
        WeakReference<ClassLoader> gone = useAndForget(places);
        System.out.println("collected: " + isCollected(gone));
    }

    private static void hostRunsItsOwn(ClassLoader host, ClassLoader guest) throws Exception {
        call(host, "register", "host 1");
        call(guest, "register", "guest 1");
        call(host, "register", "host 2");
        call(guest, "register", "guest 2");
        System.out.println("run now: "
                + host.loadClass(CopyUser.class.getName()).getMethod("runNow").invoke(null));
        call(host, "register", "host 3");
    }

    private static void tellReasonInHook(ClassLoader guest) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Object reason = call(guest, "reason", "unknown");
                while (reason.equals("unknown")) {
                    // The hook of the library may begin later than this one.
                    Thread.onSpinWait();
                    reason = call(guest, "reason", "unknown");
                }
                System.out.println("guest knows: " + reason);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static void tooLate(ClassLoader host, ClassLoader guest) throws Exception {
        call(host, "register", "host");
        call(guest, "register", "guest");
        Runnable late = () -> {
            try {
                call(host, "registerLate", "host");
                call(guest, "registerLate", "guest");
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        };
        host.loadClass(CopyUser.class.getName())
                .getMethod("whenOver", Runnable.class)
                .invoke(null, late);
    }

    /** The application whose copy is the host is undeployed while others have something registered with it. */
    private static void hostLeavesGuestsBehind(URL[] places, boolean atOnce) throws Exception {
        ClassLoader[] host = {copy(places)};
        WeakReference<ClassLoader> gone = new WeakReference<>(host[0]);
        ClassLoader one = copy(places);
        ClassLoader other = copy(places);
        call(host[0], "register", "undeployed");
        for (int i = 0; i < 3; i++) {
            call(one, "register", "one " + i);
            call(other, "register", "other " + i);
        }
        call(host[0], "unregister", "undeployed");
        host[0] = null;
        if (!atOnce) {
            System.out.println("collected: " + isCollected(gone));
        }
        call(one, "register", "one 3");
        System.out.println("taken back: " + call(one, "unregister", "one 1"));
        call(other, "register", "other 3");
    }

    private static void hostLeavesFinisherBehind(URL[] places) throws Exception {
        ClassLoader[] host = {copy(places)};
        WeakReference<ClassLoader> gone = new WeakReference<>(host[0]);
        ClassLoader other = copy(places);
        call(host[0], "register", "undeployed");
        call(copy(places), "registerLast", "one");
        call(other, "registerLast", "other");
        call(host[0], "unregister", "undeployed");
        host[0] = null;
        System.out.println("collected: " + isCollected(gone));
        call(other, "register", "handler");
    }

    private static void hostLeavesAfterTheLock(URL[] places, Path path) throws Exception {
        ClassLoader[] host = {copy(places)};
        WeakReference<ClassLoader> gone = new WeakReference<>(host[0]);
        ClassLoader one = copy(places);
        call(host[0], "register", "undeployed");
        System.out.println("one: " + lock(one, path));
        call(host[0], "unregister", "undeployed");
        host[0] = null;
        System.gc();
        System.out.println("other: " + lock(copy(places), path));
        one.loadClass(CopyUser.class.getName()).getMethod("unlock").invoke(null);
        System.out.println("collected: " + isCollected(gone));
        System.out.println("other again: " + lock(copy(places), path));
    }

    /** Nothing but the lock of a guest keeps the host. */
    private static void hostOfLockIsForgotten(URL[] places, Path path) throws Exception {
        ClassLoader[] host = {copy(places)};
        WeakReference<ClassLoader> gone = new WeakReference<>(host[0]);
        System.out.println("host: " + lock(host[0], path));
        host[0] = null;
        for (int i = 0; i < 20 && gone.get() != null; i++) {
            System.gc();
        }
        System.out.println("other: " + lock(copy(places), path));
    }

    /** Copies come and go as fast as they can, in two threads each. */
    private static void churn(URL[] places) throws Exception {
        List<Thread> threads = new ArrayList<>();
        ClassLoader[] copies = {copy(places), copy(places), copy(places)};
        for (int i = 0; i < 6; i++) {
            ClassLoader copy = copies[i % copies.length];
            String name = "copy " + i;
            threads.add(new Thread(() -> {
                try {
                    call(copy, "churn", name);
                    call(copy, "register", name);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("joined");
    }

    /** A web application that is undeployed: it has registered something and taken it back. */
    private static WeakReference<ClassLoader> useAndForget(URL[] places) throws Exception {
        ClassLoader copy = copy(places);
        call(copy, "register", "undeployed");
        call(copy, "unregister", "undeployed");
        return new WeakReference<>(copy);
    }

    private static boolean isCollected(WeakReference<ClassLoader> reference) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_WITHIN_S);
        while (reference.get() != null && System.nanoTime() < end) {
            System.gc();
            Thread.onSpinWait();
        }
        return reference.get() == null;
    }

    private static void lock(ClassLoader one, ClassLoader other, Path path) throws Exception {
        System.out.println("one: " + lock(one, path));
        System.out.println("other: " + lock(other, path));
        System.out.println(Ending.LINE);
        System.out.flush();
        // Whoever started this looks now from outside whether the lock is still held.
        int answer = System.in.read();
        System.out.println("asked: " + (answer >= 0));
        one.loadClass(CopyUser.class.getName()).getMethod("unlock").invoke(null);
        System.out.println("other again: " + lock(other, path));
    }

    private static boolean lock(ClassLoader copy, Path path) throws Exception {
        return (Boolean) copy.loadClass(CopyUser.class.getName())
                .getMethod("lock", Path.class)
                .invoke(null, path);
    }

    /** Both owe, and wait to be killed. */
    private static void owe(ClassLoader one, ClassLoader other, Path directory) throws Exception {
        owe(one, directory, "one");
        owe(other, directory, "other");
        owe(one, directory, "one again");
        System.out.println(Ending.LINE);
        System.out.flush();
        int never = System.in.read();
        System.out.println("was told " + never);
    }

    /**
     * One copy has nothing more to do, and closes the journal if nothing stands in it: but somebody else is at the table, and
     * before it is the turn of that copy, another one writes something down.
     */
    private static void oweWhileTheOtherLeaves(ClassLoader one, ClassLoader other, Path directory) throws Exception {
        // The host does not leave as long as it has guests.
        call(other, "register", "other");
        call(one, "register", "one");
        call(one, "oweNothing", directory.toString());
        call(other, "oweNothing", directory.toString());
        Thread leaving = new Thread(() -> {
            try {
                call(one, "unregister", "one");
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        Runnable meanwhile = () -> {
            leaving.start();
            while (leaving.isAlive() && leaving.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            try {
                owe(other, directory, "other");
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        };
        other.loadClass(CopyUser.class.getName())
                .getMethod("atTheTable", Runnable.class)
                .invoke(null, meanwhile);
        leaving.join();
        Runtime.getRuntime().halt(Ending.HALT.status);
    }

    /** An application is undeployed that has opened the journal, and owes nothing. */
    private static void guestLeavesItsJournal(URL[] places, Path directory) throws Exception {
        call(copy(places), "register", "host");
        ClassLoader[] guest = {copy(places)};
        WeakReference<ClassLoader> gone = new WeakReference<>(guest[0]);
        call(guest[0], "oweNothing", directory.toString());
        guest[0] = null;
        System.out.println("collected: " + isCollected(gone));
    }

    /** Copies write things down, strike them out, and leave, as fast as they can. */
    private static void oweInTurns(URL[] places, Path directory) throws Exception {
        List<Thread> threads = new ArrayList<>();
        ClassLoader[] copies = {copy(places), copy(places), copy(places)};
        for (int i = 0; i < 6; i++) {
            ClassLoader copy = copies[i % copies.length];
            threads.add(new Thread(() -> {
                try {
                    System.out.println("unwritten: " + call(copy, "oweInTurns", directory.toString()));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void owe(ClassLoader copy, Path directory, String name) throws ReflectiveOperationException {
        copy.loadClass(CopyUser.class.getName())
                .getMethod("owe", Path.class, String.class)
                .invoke(null, directory, name);
    }

    private static Object call(ClassLoader copy, String method, String name) throws ReflectiveOperationException {
        try {
            return copy.loadClass(CopyUser.class.getName())
                    .getMethod(method, ONE_STRING)
                    .invoke(null, name);
        } catch (InvocationTargetException wrapped) {
            throw new IllegalStateException(method + " " + name, wrapped.getCause());
        }
    }

    private static ClassLoader copy(URL[] places) {
        return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String place) throws MalformedURLException {
        return Path.of(place).toUri().toURL();
    }
}
