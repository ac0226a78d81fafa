package dev.atexit.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.FileNotFoundException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassClosureTest {
    private static final String BASE = "dev/atexit/";

    @Test
    void closure_ofTheProgram_holdsWhateverItDependsOn() throws Exception {
        Map<String, byte[]> files = ClassClosure.of(GuardianMain.class, BASE);
        JavaClasses core = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.atexit");
        Set<String> needed = new HashSet<>();
        addDependencies(core.get(GuardianMain.class), core, needed);
        assertThat(files.keySet()).containsAll(needed).allMatch(name -> name.startsWith(BASE));
    }

    private static void addDependencies(JavaClass from, JavaClasses core, Set<String> names) {
        if (names.add(from.getName().replace('.', '/') + ".class")) {
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> core.contain(target.getName()))
                    .forEach(target -> addDependencies(target, core, names));
        }
    }

    @Test
    void closure_publicVocabulary_isNotInIt() throws Exception {
        assertThat(ClassClosure.of(GuardianMain.class, BASE).keySet())
                .allMatch(name -> name.startsWith(BASE + "internal/"));
    }

    @Test
    void closure_otherPackages_areLeftOut() throws Exception {
        assertThat(ClassClosure.of(GuardianMain.class, BASE + "internal/guardian/")
                        .keySet())
                .contains(BASE + "internal/guardian/GuardianMain.class")
                .allMatch(name -> name.startsWith(BASE + "internal/guardian/"));
    }

    @Test
    void closure_classThatHasNoFile_isRefusedByName() {
        Runnable hidden = () -> {};
        assertThatThrownBy(() -> ClassClosure.of(hidden.getClass(), BASE))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("ClassClosureTest");
    }
}
