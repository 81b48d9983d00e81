package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingAreaTest {

    @TempDir
    private Path folder;
    private Path root;
    private StagingArea area;

    @BeforeEach
    void open() throws IOException {
        root = folder.resolve("root");
        area = new StagingArea(root, ProcessHandle.current());
        area.open();
    }

    @AfterEach
    void close() {
        area.close();
    }

    private StagedDirectory stage() throws IOException {
        return area.stage(UUID.randomUUID(), 1);
    }

    @Test
    void shouldMakeFoldersThatNobodyElseCanEnter() throws IOException {
        try (StagedDirectory staged = stage()) {
            assertThat(List.of(root, staged.base(), staged.work(), staged.temporary()))
                    .allSatisfy(place -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                            .isEqualTo("rwx------"));
        }
    }

    @Test
    void shouldWriteFilesBelowTheDirectory() throws IOException {
        try (StagedDirectory staged = stage()) {
            staged.write(Map.of("a", InputFile.of("ä"), "b/c/d",
                    new InputFile(Optional.empty(), Optional.of("AAEC"))));

            assertThat(staged.work().resolve("a")).hasContent("ä");
            assertThat(staged.work().resolve("b/c/d")).hasBinaryContent(new byte[]{0, 1, 2});
        }
    }

    @Test
    void shouldDeleteEverythingAndFollowNoLink() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "keep");
        StagedDirectory staged = stage();
        staged.write(Map.of("closed/file", InputFile.of("")));
        Files.createSymbolicLink(staged.work().resolve("link"), outside);
        Files.createSymbolicLink(staged.work().resolve("dangling"), folder.resolve("none"));
        Files.setPosixFilePermissions(staged.work().resolve("closed"), PosixFilePermissions.fromString("---------"));

        staged.close();

        assertThat(staged.base()).doesNotExist();
        assertThat(outside.resolve("precious")).hasContent("keep");
    }

    @Test
    void shouldReadWhatTheCommandHasLeft() throws IOException {
        try (StagedDirectory staged = stage()) {
            staged.write(Map.of("text", InputFile.of("zwölf"), "bytes",
                    new InputFile(Optional.empty(), Optional.of("/wD/")), "folder/unasked", InputFile.of("no")));

            Map<String, OutputFile> files = staged.read(List.of("text", "bytes", "missing", "folder", "text/x"), 100);

            assertThat(files).containsOnly(
                    Map.entry("text", new OutputFile(Optional.of("zwölf"), Optional.empty(), 6, false)),
                    Map.entry("bytes", new OutputFile(Optional.empty(), Optional.of("/wD/"), 3, false)));
        }
    }

    @Test
    void shouldReadNoMoreThanTheLimitOfAllFilesTogether() throws IOException {
        try (StagedDirectory staged = stage()) {
            staged.write(Map.of("1", InputFile.of("123"), "2", InputFile.of("4ü6"), "3", InputFile.of("789")));

            assertThat(staged.read(List.of("1", "2", "3"), 5)).containsExactlyInAnyOrderEntriesOf(Map.of("1",
                    new OutputFile(Optional.of("123"), Optional.empty(), 3, false), "2",
                    new OutputFile(Optional.of("4"), Optional.empty(), 4, true), "3",
                    new OutputFile(Optional.of(""), Optional.empty(), 3, true)));
        }
    }

    @Test
    void shouldNotReadThroughLinks() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        try (StagedDirectory staged = stage()) {
            Files.createSymbolicLink(staged.work().resolve("file"), outside.resolve("secret"));
            Files.createSymbolicLink(staged.work().resolve("folder"), outside);

            assertThat(staged.read(List.of("file", "folder/secret"), 100)).isEmpty();
        }
    }

    @Test
    void shouldClearAwayWhatDeadWorkersHaveLeftAndNothingElse() throws Exception {
        Process dead = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        assertThat(dead.waitFor()).isZero();
        Path ofTheDead = root.resolve(dead.pid() + "-1700000000000-x");
        Files.createDirectories(ofTheDead.resolve("job/work"));
        // The number of a process that lives, but that started at another time: it was somebody else's.
        Path ofARecycledNumber = Files.createDirectories(root.resolve(ProcessHandle.current().pid() + "-1-x"));
        Path notOurs = Files.createDirectories(root.resolve("something-else"));
        StagedDirectory running = stage();

        StagingArea next = new StagingArea(root, ProcessHandle.current());
        next.open();
        next.close();

        assertThat(ofTheDead).doesNotExist();
        assertThat(ofARecycledNumber).doesNotExist();
        assertThat(notOurs).exists();
        assertThat(running.work()).exists();
    }

    @Test
    void shouldLeaveNothingBehindWhenItCloses() throws IOException {
        StagedDirectory staged = stage();

        area.close();

        assertThat(staged.base()).doesNotExist();
        assertThat(root).isEmptyDirectory();
        assertThatIllegalStateException().isThrownBy(this::stage);
    }

    @Test
    void shouldRefuseARootThatIsALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new StagingArea(link, ProcessHandle.current()).open())
                .withMessage("Expected %s to be a folder, but it is a link".formatted(link));
    }
}
