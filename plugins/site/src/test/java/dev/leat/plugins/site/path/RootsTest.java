package dev.leat.plugins.site.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {

    @Test
    void shouldBeSitesInTheWorkingDirectoryWhereNothingIsSaid() {
        assertThat(Roots.of(Map.of()).folders()).containsExactly(Path.of("sites").toAbsolutePath());
    }

    @Test
    void shouldBeWhatTheEnvironmentNames() {
        assertThat(Roots.of(Map.of("SITE_ROOTS", "/srv/a/../b" + File.pathSeparator + "/srv/c")).folders())
                .containsExactly(Path.of("/srv/b"), Path.of("/srv/c"));
    }

    @Test
    void shouldNotBeNothing() {
        assertThatThrownBy(() -> Roots.of(Map.of("SITE_ROOTS", " "))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected the roots in SITE_ROOTS to be at least one folder");
    }

    @Test
    void shouldTakeARelativePathFromTheFirstAndAnAbsoluteOneFromAny(@TempDir Path folder) throws Exception {
        Path real = folder.toRealPath();
        Path one = Files.createDirectory(real.resolve("one"));
        Path two = Files.createDirectory(real.resolve("two"));
        Roots roots = Roots.of(Map.of("SITE_ROOTS", one + File.pathSeparator + two));

        assertThat(roots.place("site")).isEqualTo(one.resolve("site"));
        assertThat(roots.place(two + "/site")).isEqualTo(two.resolve("site"));
    }

    @Test
    void shouldRefuseARootItself(@TempDir Path folder) {
        Roots roots = Roots.of(Map.of("SITE_ROOTS", folder.toString()));

        for (String root : new String[]{"", ".", folder.toString()}) {
            assertThatThrownBy(() -> roots.place(root)).isInstanceOf(RefusedException.class)
                    .hasMessageContaining("Expected a path below the roots in SITE_ROOTS");
        }
    }

    @Test
    void shouldRefuseEverythingWhereTheRootDoesNotExist(@TempDir Path folder) {
        Roots roots = Roots.of(Map.of("SITE_ROOTS", folder.resolve("gone").toString()));

        assertThatThrownBy(() -> roots.place("site")).isInstanceOf(RefusedException.class)
                .hasMessageContaining("SITE_ROOTS");
    }
}
