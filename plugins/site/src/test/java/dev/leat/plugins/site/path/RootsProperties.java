package dev.leat.plugins.site.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a path looks like, it is refused or leads to a place below a root. */
class RootsProperties {

    private static Path folder = Path.of("");

    @BeforeContainer
    static void makeRoots() throws IOException {
        folder = Files.createTempDirectory("leat-site-roots").toRealPath();
        Files.createDirectories(folder.resolve("one/a/b"));
        Files.createDirectories(folder.resolve("two/c"));
        Files.createDirectories(folder.resolve("one/.hidden"));
        Files.createDirectories(folder.resolve("outside/a"));
        Files.createSymbolicLink(folder.resolve("one/out"), Path.of("../outside"));
        Files.createSymbolicLink(folder.resolve("one/a/up"), Path.of("../.."));
        Files.createSymbolicLink(folder.resolve("one/other"), folder.resolve("two"));
        Files.createSymbolicLink(folder.resolve("one/nowhere"), Path.of("gone"));
        Files.createSymbolicLink(folder.resolve("one/unseen"), Path.of(".hidden"));
    }

    @AfterContainer
    static void removeRoots() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    @Property
    void shouldNeverLeaveTheRoots(@ForAll("paths") String path) throws IOException {
        Roots roots = new Roots("the roots", List.of(folder.resolve("one"), folder.resolve("two")));

        assertThat(Stream.concat(tried(() -> roots.place(path)).stream(), tried(() -> roots.existing(path)).stream()))
                .allSatisfy(RootsProperties::assertInside);
    }

    private static void assertInside(Path given) throws IOException {
        Path top = given.startsWith(folder.resolve("two")) ? folder.resolve("two") : folder.resolve("one");
        assertThat(given).isNormalized().isNotEqualTo(top);
        // Not the assertion on paths of that name, which follows links.
        assertThat(given.startsWith(top)).as("%s is below %s", given, top).isTrue();
        assertThat("/" + top.relativize(given)).doesNotContain("/.");
        // Its parent is real, if it exists: following it leads nowhere else.
        Path parent = given.resolveSibling("");
        if (Files.exists(parent)) {
            assertThat(parent.toRealPath()).isEqualTo(parent);
        }
    }

    private interface Look {
        Path look() throws RefusedException, IOException;
    }

    private static Optional<Path> tried(Look look) throws IOException {
        try {
            return Optional.of(look.look());
        } catch (RefusedException e) {
            assertThat(e).hasMessageStartingWith("Expected ");
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> name = Arbitraries.of("a", "b", "c", "..", ".", "", "out", "up", "other", "nowhere", "unseen",
                ".hidden", "new", "outside", "one", "two");
        Arbitrary<String> start = Arbitraries.lazyOf(() -> Arbitraries.of("", "/", folder + "/", folder + "/one/",
                folder + "/one-more/", folder + "/two/"));
        return start.flatMap(first -> name.list().ofMaxSize(7).map(names -> first + String.join("/", names)));
    }
}
