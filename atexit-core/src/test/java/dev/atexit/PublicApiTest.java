package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the public API against a checked-in dump of it, so that each change of it is seen in a review. */
class PublicApiTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path TEST_CLASSES = Path.of("target", "test-classes");
    private static final String UPDATE = "api.update";
    private static final int VISIBLE = Modifier.PUBLIC | Modifier.PROTECTED;

    @Test
    void publicApi_ofTheCore_isTheOneInTheDump() throws Exception {
        assertDumped(describe(exportedClasses()), Path.of("api", "atexit-core.api"));
    }

    @Test
    void publicApi_ofTheTestkit_isTheOneInTheDump() throws Exception {
        // Its classes are among those of our tests.
        Set<String> names = new TreeSet<>();
        addClasses(TEST_CLASSES, "dev.atexit.testkit", names);
        assertDumped(describe(names), Path.of("..", "atexit-testkit", "api", "atexit-testkit.api"));
    }

    private static void assertDumped(String api, Path dump) throws IOException {
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(dump.getParent());
            Files.writeString(dump, api);
        }
        assertThat(api)
                .as("the public API has changed; if that is meant, write it down with:"
                        + " mvn -pl atexit-core test -Dtest=PublicApiTest -Dapi.update=true")
                .isEqualTo(Files.exists(dump) ? Files.readString(dump) : "");
    }

    private static String describe(Set<String> names) throws ClassNotFoundException {
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            Class<?> type = Class.forName(name, false, AtExit.class.getClassLoader());
            if (isVisible(type)) {
                describe(type, out);
            }
        }
        return out.toString();
    }

    private static Set<String> exportedClasses() throws IOException {
        ModuleDescriptor module;
        try (var in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        Set<String> names = new TreeSet<>();
        for (ModuleDescriptor.Exports exported : module.exports()) {
            if (!exported.isQualified()) {
                addClasses(CLASSES, exported.source(), names);
            }
        }
        return names;
    }

    private static void addClasses(Path classes, String packageName, Set<String> names) throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .map(file -> packageName + "." + file.substring(0, file.length() - 6))
                    .forEach(names::add);
        }
    }

    private static boolean isVisible(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getDeclaringClass()) {
            if ((at.getModifiers() & VISIBLE) == 0 || at.isSynthetic() || at.isAnonymousClass()) {
                return false;
            }
        }
        return true;
    }

    private static void describe(Class<?> type, StringBuilder out) {
        out.append(modifiers(type.getModifiers() & ~(Modifier.INTERFACE | Modifier.ABSTRACT)))
                .append(kind(type))
                .append(type.getName())
                .append(variables(type.getTypeParameters()));
        if (type.getSuperclass() != null
                && type.getSuperclass() != Object.class
                && !type.isEnum()
                && !type.isRecord()) {
            out.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        if (type.getInterfaces().length > 0) {
            out.append(" implements ").append(names(type.getGenericInterfaces()));
        }
        out.append('\n');
        Set<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if ((field.getModifiers() & VISIBLE) != 0 && !field.isSynthetic()) {
                members.add(
                        modifiers(field.getModifiers()) + field.getGenericType().getTypeName() + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if ((constructor.getModifiers() & VISIBLE) != 0 && !constructor.isSynthetic()) {
                members.add(signature(constructor, "new"));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if ((method.getModifiers() & VISIBLE) != 0 && !method.isSynthetic() && !method.isBridge()) {
                members.add(signature(method, method.getGenericReturnType().getTypeName() + " " + method.getName()));
            }
        }
        for (String member : members) {
            out.append("    ").append(member).append('\n');
        }
        out.append('\n');
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface ";
        }
        if (type.isInterface()) {
            return type.isSealed() ? "sealed interface " : "interface ";
        }
        if (type.isRecord()) {
            return "record ";
        }
        return type.isEnum() ? "enum " : "class ";
    }

    private static String signature(Executable executable, String name) {
        String variables = variables(executable.getTypeParameters());
        String thrown = names(executable.getGenericExceptionTypes());
        return modifiers(executable.getModifiers() & ~(Modifier.TRANSIENT | Modifier.VOLATILE | Modifier.SYNCHRONIZED))
                + variables + (variables.isEmpty() ? "" : " ")
                + name + "(" + names(executable.getGenericParameterTypes()) + ")"
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers);
        return text.isEmpty() ? "" : text + " ";
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    private static String variables(TypeVariable<?>[] variables) {
        List<String> texts = new ArrayList<>();
        for (TypeVariable<?> variable : variables) {
            String bounds = names(variable.getBounds());
            texts.add(variable.getName() + (bounds.equals("java.lang.Object") ? "" : " extends " + bounds));
        }
        return texts.isEmpty() ? "" : "<" + String.join(", ", texts) + ">";
    }
}
