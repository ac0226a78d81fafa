package dev.atexit.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    @Test
    void reason_ofAnException_isInWords() {
        assertThat(Reasons.of(new AccessDeniedException("f"))).isEqualTo("access denied");
        assertThat(Reasons.of(new DirectoryNotEmptyException("f"))).startsWith("not empty: ");
        assertThat(Reasons.of(new NotDirectoryException("f"))).isEqualTo("not a directory");
        assertThat(Reasons.of(new NoSuchFileException("f"))).isEqualTo("no such file");
        assertThat(Reasons.of(new FileSystemException("f", null, "busy"))).isEqualTo("busy");
        assertThat(Reasons.of(new FileSystemException("f"))).isEqualTo("java.nio.file.FileSystemException");
        assertThat(Reasons.of(new IOException("broken"))).isEqualTo("broken");
        assertThat(Reasons.of(new IOException())).isEqualTo("java.io.IOException");
    }

    @Test
    void cause_ofABrokenListing_isWhatBrokeIt() {
        IOException broken = new IOException("broken");
        assertThat(Reasons.cause(new DirectoryIteratorException(broken))).isSameAs(broken);
    }
}
