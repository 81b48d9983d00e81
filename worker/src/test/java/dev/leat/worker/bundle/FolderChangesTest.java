package dev.leat.worker.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.leat.worker.bundle.BundleFiles.JarFileState;
import dev.leat.worker.bundle.FolderChanges.Due;

class FolderChangesTest {

    private final FolderChanges changes = new FolderChanges();

    @Test
    void shouldLoadAllThatIsThereAtTheFirstLook() {
        Due due = changes.first(List.of(bundle("a", 1), bundle("b", 2)));

        assertThat(due.load()).containsExactly(bundle("a", 1), bundle("b", 2));
        assertThat(due.gone()).isEmpty();
    }

    @Test
    void shouldLoadOnceForAsLongAsNothingChanges() {
        changes.first(List.of(bundle("a", 1)));

        assertThat(changes.next(List.of(bundle("a", 1))).isNothing()).isTrue();
        assertThat(changes.next(List.of(bundle("a", 1))).isNothing()).isTrue();
    }

    @Test
    void shouldLeaveAJarAloneWhileItGrows() {
        changes.first(List.of());

        assertThat(changes.next(List.of(bundle("a", 1))).isNothing()).isTrue();
        assertThat(changes.next(List.of(bundle("a", 2))).isNothing()).isTrue();
        assertThat(changes.next(List.of(bundle("a", 3))).isNothing()).isTrue();
        assertThat(changes.next(List.of(bundle("a", 3))).load()).containsExactly(bundle("a", 3));
    }

    @Test
    void shouldLoadAgainWhenAnyOfItsJarsHasChanged() {
        changes.first(List.of(bundle("a", 1, 1)));
        changes.next(List.of(bundle("a", 1, 2)));

        assertThat(changes.next(List.of(bundle("a", 1, 2))).load()).containsExactly(bundle("a", 1, 2));
    }

    @Test
    void shouldNoticeAFileThatWasMovedOverAnotherOneOfTheSameSizeAndTime() {
        changes.first(List.of(bundle("a", "inode 1")));
        changes.next(List.of(bundle("a", "inode 2")));

        assertThat(changes.next(List.of(bundle("a", "inode 2"))).load()).hasSize(1);
    }

    @Test
    void shouldTakeForGoneOnlyWhatTwoLooksHaveMissed() {
        changes.first(List.of(bundle("a", 1), bundle("b", 1)));

        assertThat(changes.next(List.of(bundle("b", 1))).isNothing()).isTrue();
        assertThat(changes.next(List.of(bundle("b", 1))).gone()).containsExactly("a");
        assertThat(changes.next(List.of(bundle("b", 1))).isNothing()).isTrue();
    }

    @Test
    void shouldNotTakeForGoneWhatIsDeletedToBeReplaced() {
        changes.first(List.of(bundle("a", 1)));

        assertThat(changes.next(List.of()).isNothing()).isTrue();
        assertThat(changes.next(List.of(bundle("a", 2))).isNothing()).isTrue();
        assertThat(changes.next(List.of(bundle("a", 2))))
                .isEqualTo(new Due(List.of(bundle("a", 2)), Set.of()));
    }

    @Test
    void shouldGiveTogetherWhatGoesAndWhatComesUnderAnotherName() {
        changes.first(List.of(bundle("a-1.0", 1)));
        changes.next(List.of(bundle("a-1.1", 1)));

        Due due = changes.next(List.of(bundle("a-1.1", 1)));

        assertThat(due.load()).containsExactly(bundle("a-1.1", 1));
        assertThat(due.gone()).containsExactly("a-1.0");
    }

    @Test
    void shouldLoadAgainWhatIsToBeTriedAgain() {
        changes.first(List.of(bundle("a", 1)));

        changes.tryAgain("a");

        assertThat(changes.next(List.of(bundle("a", 1))).load()).containsExactly(bundle("a", 1));
        assertThat(changes.next(List.of(bundle("a", 1))).isNothing()).isTrue();
    }

    private static BundleFiles bundle(String name, int... sizes) {
        return new BundleFiles(name, Arrays.stream(sizes)
                .mapToObj(size -> new JarFileState(Path.of(name), size, FileTime.fromMillis(0), "inode"))
                .toList());
    }

    private static BundleFiles bundle(String name, String identity) {
        return new BundleFiles(name, Stream.of(identity)
                .map(inode -> new JarFileState(Path.of(name), 1, FileTime.fromMillis(0), inode))
                .toList());
    }
}
