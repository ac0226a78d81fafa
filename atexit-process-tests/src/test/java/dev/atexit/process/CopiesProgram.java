package dev.atexit.process;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
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
            case "lock" -> lock(copy(places), copy(places), Path.of(args[3]));
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
