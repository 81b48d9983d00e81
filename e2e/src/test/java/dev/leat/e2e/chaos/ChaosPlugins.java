package dev.leat.e2e.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import dev.leat.e2e.chaos.plugin.ScarcePlugin;
import dev.leat.e2e.chaos.plugin.StepsPlugin;
import dev.leat.plugin.Plugin;

/** Puts the plugins of a chaos run into a folder, a jar as a user would build it. */
final class ChaosPlugins {

    static final String STEPS = "steps";
    static final String SCARCE = "scarce";

    private ChaosPlugins() {}

    /** Writes the jar into the folder, which is made. */
    static void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path classes = Path.of(StepsPlugin.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        Path own = classes.resolve(StepsPlugin.class.getPackageName().replace('.', '/'));
        try (OutputStream file = Files.newOutputStream(folder.resolve("chaos.jar"));
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> found = Files.list(own)) {
            for (Path one : found.sorted().toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                try (InputStream content = Files.newInputStream(one)) {
                    content.transferTo(jar);
                }
            }
            jar.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
            String names = String.join("\n", List.of(StepsPlugin.class.getName(), ScarcePlugin.class.getName()));
            jar.write(names.getBytes(StandardCharsets.UTF_8));
        }
    }
}
