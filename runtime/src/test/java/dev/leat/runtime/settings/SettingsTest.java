package dev.leat.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final OptionCatalog CATALOG = OptionCatalog.of(ServiceOptions.class, MillOptions.class);

    @TempDir
    Path folder;

    @Test
    void shouldGiveDefaultsWhenNothingIsSet() {
        Settings settings = Settings.of(CATALOG, Map.of());

        assertThat(settings.get(MillOptions.STONES)).isEqualTo(2);
        assertThat(settings.get(MillOptions.REST)).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.get(MillOptions.SACK)).isEqualTo(DataSize.ofKilobytes(64));
        assertThat(settings.get(MillOptions.GRAIN)).isEqualTo(MillOptions.Grain.OLD_RYE);
        assertThat(settings.get(MillOptions.MILLERS)).isEmpty();
        assertThat(settings.get(MillOptions.OPEN)).isTrue();
        assertThat(settings.get(MillOptions.YARD)).isEqualTo(Path.of("yard"));
        assertThat(settings.get(MillOptions.PASSWORD)).isEmpty();
        assertThat(settings.isExplicit(MillOptions.STONES)).isFalse();
        assertThat(settings.describe()).isEmpty();
    }

    @Test
    void shouldPreferEverySourceToTheDefaultsOfTheFormOfStart() {
        Map<String, String> defaults = Map.of("leat.mill.stones", "7", "leat.mill.open", "false");

        Settings settings = new SettingsLoader(CATALOG).defaults(defaults)
                .environment(Map.of("LEAT_MILL_OPEN", "true"))
                .load();

        assertThat(settings.get(MillOptions.STONES)).isEqualTo(7);
        assertThat(settings.isExplicit(MillOptions.STONES)).isFalse();
        assertThat(settings.get(MillOptions.OPEN)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SettingsLoader(CATALOG).defaults(Map.of("leat.mill.stone", "7")))
                .withMessageContaining("leat.mill.stone");
    }

    @Test
    void shouldReadEveryType() {
        Settings settings = Settings.of(CATALOG, Map.of("leat.mill.stones", "4", "leat.mill.rest", "2m",
                "leat.mill.sack", "1MB", "leat.mill.grain", "Spelt", "leat.mill.millers", "Ada, Bob",
                "leat.mill.open", "false", "leat.mill.yard", "/srv/yard", "leat.mill.password", "sesame",
                "leat.schema.registry.url", "http://one:8081,http://two:8081"));

        assertThat(settings.get(MillOptions.STONES)).isEqualTo(4);
        assertThat(settings.get(MillOptions.REST)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.get(MillOptions.SACK)).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(settings.get(MillOptions.GRAIN)).isEqualTo(MillOptions.Grain.SPELT);
        assertThat(settings.get(MillOptions.MILLERS)).containsExactly("Ada", "Bob");
        assertThat(settings.get(MillOptions.OPEN)).isFalse();
        assertThat(settings.get(MillOptions.YARD)).isEqualTo(Path.of("/srv/yard"));
        assertThat(settings.get(MillOptions.PASSWORD)).contains("sesame");
        assertThat(settings.get(ServiceOptions.SCHEMA_REGISTRY_URL)).containsExactly(URI.create("http://one:8081"),
                URI.create("http://two:8081"));
    }

    @Test
    void shouldPreferOverridesToEnvironmentToFile() throws IOException {
        Path file = file("leat.mill.stones=3\nleat.mill.open=false\nleat.mill.grain=spelt\n");

        Settings settings = new SettingsLoader(CATALOG).file(file)
                .environment(Map.of("LEAT_MILL_STONES", "4", "LEAT_MILL_OPEN", "true", "PATH", "/bin"))
                .overrides(Map.of("leat.mill.stones", "5"))
                .load();

        assertThat(settings.get(MillOptions.STONES)).isEqualTo(5);
        assertThat(settings.get(MillOptions.OPEN)).isTrue();
        assertThat(settings.get(MillOptions.GRAIN)).isEqualTo(MillOptions.Grain.SPELT);
        assertThat(settings.isExplicit(MillOptions.OPEN)).isTrue();
    }

    @Test
    void shouldReportEverythingThatIsWrongAtOnce() throws IOException {
        Path file = file("leat.mill.stoens=3\nmill.stones=3\nleat.mill.rest=soon\n");

        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> new SettingsLoader(CATALOG).file(file)
                .environment(Map.of("LEAT_MILL_STONE", "4", "LEAT_MILL_SACK", "2"))
                .overrides(Map.of("leat.mill.stones", "99", "leat.kafka.acks", "1", "leat.bootstrap.servers", ""))
                .load())
                .satisfies(e -> assertThat(e.errors()).containsExactlyInAnyOrder(
                        "Expected an option of Leat, but found leat.mill.stoens in " + file
                                + " (did you mean \"leat.mill.stones\"?)",
                        "Expected an option of Leat, but found mill.stones in " + file
                                + " (did you mean \"leat.mill.stones\"?)",
                        "Expected only environment variables that are options to begin with LEAT_, but found"
                                + " LEAT_MILL_STONE (did you mean \"LEAT_MILL_STONES\"?)",
                        "Expected leat.mill.rest to be a duration such as 500ms, 10s, 5m, 2h, 7d or PT10S, but was"
                                + " \"soon\" in " + file,
                        "Expected leat.mill.sack to be a size such as 512B, 64kB, 1MB or 2GB, but was \"2\" in the"
                                + " environment variable LEAT_MILL_SACK",
                        "Expected leat.mill.stones to be a whole number that is from 1 to 12, but was \"99\" on the"
                                + " command line",
                        "Expected leat.bootstrap.servers to be a list of text that is not empty, but was \"\" on the"
                                + " command line",
                        "Expected leat.kafka.acks not to be set, as it is fixed by the guarantees of Leat, but found it"
                                + " on the command line"))
                .withMessageStartingWith("Expected a valid configuration, but found 8 errors:");
    }

    @Test
    void shouldNeverShowSecrets() {
        Settings settings = Settings.of(CATALOG, Map.of("leat.mill.password", "sesame",
                "leat.kafka.sasl.jaas.config", "user sesame", "leat.schema.registry.url", "http://me:sesame@host:1"));

        assertThat(settings.toString()).doesNotContain("sesame");
        assertThat(settings.describe()).containsEntry("leat.mill.password", "***")
                .containsEntry("leat.kafka.sasl.jaas.config", "***");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(CATALOG,
                        Map.of("leat.mill.password", " ", "leat.schema.registry.url", "http://me:sesa me@host:1")))
                .satisfies(e -> assertThat(e.errors()).hasSize(2))
                .withMessageNotContainingAny("sesa me", "\" \"");
    }

    @Test
    void shouldPassOnWhatLibrariesKnow() {
        Settings settings = new SettingsLoader(CATALOG)
                .environment(Map.of("LEAT_KAFKA_MAX_BLOCK_MS", "7", "LEAT_SCHEMA_REGISTRY_URL", "http://r:1",
                        "LEAT_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "me:sesame"))
                .overrides(Map.of("leat.kafka.security.protocol", "SSL"))
                .load();

        assertThat(settings.get(ServiceOptions.KAFKA))
                .containsExactlyInAnyOrderEntriesOf(Map.of("max.block.ms", "7", "security.protocol", "SSL"));
        assertThat(settings.get(ServiceOptions.SCHEMA_REGISTRY))
                .containsExactly(Map.entry("basic.auth.user.info", "me:sesame"));
        assertThat(settings.get(ServiceOptions.SCHEMA_REGISTRY_URL)).containsExactly(URI.create("http://r:1"));
    }

    @Test
    void shouldLeaveOutWhatIsEmptyOrComesFromKubernetesInTheEnvironment() {
        Settings settings = new SettingsLoader(CATALOG).environment(Map.of("LEAT_MILL_STONES", "",
                "LEAT_API_SERVICE_HOST", "10.0.0.1", "LEAT_SERVICE_PORT", "8080", "LEAT_SERVICE_PORT_HTTP", "8080",
                "LEAT_PORT", "tcp://10.0.0.1:8080", "LEAT_API_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "LEAT_API_PORT_8080_TCP_ADDR", "10.0.0.1", "LEAT_JAVA_OPTS", "-Xmx1g"), "LEAT_JAVA_OPTS").load();

        assertThat(settings.describe()).isEmpty();
    }

    @Test
    void shouldSayWhichFileCannotBeRead() throws IOException {
        Path missing = folder.resolve("missing.properties");
        Path latin = folder.resolve("latin.properties");
        Files.write(latin, "leat.mill.millers=J\u00fcrgen".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new SettingsLoader(CATALOG).file(missing).file(latin)
                        .file(file("leat.mill.millers=\\u00zz")).load())
                .satisfies(e -> assertThat(e.errors()).hasSize(3))
                .withMessageContainingAll("missing.properties", "latin.properties", "leat.properties");
    }

    @Test
    void shouldRefuseOptionsThatWereNotCollected() {
        Settings settings = Settings.of(OptionCatalog.of(ServiceOptions.class), Map.of());

        assertThatIllegalArgumentException().isThrownBy(() -> settings.get(MillOptions.STONES))
                .withMessageContaining("leat.mill.stones");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionCatalog.of(MillOptions.class, MillOptions.class))
                .withMessageContaining("but there are two");
        assertThatIllegalArgumentException().isThrownBy(() -> OptionCatalog.of(String.class))
                .withMessageContaining("@OptionGroup");
    }

    @Test
    void shouldKeepItsOwnDefaultsInRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Option.integer("leat.mill.stones", "").between(1, 2).defaultsTo(3))
                .withMessageContaining("leat.mill.stones");
    }

    @Test
    void shouldHaveTheDocumentedServiceDefaults() {
        Settings settings = Settings.of(OptionCatalog.of(ServiceOptions.class), Map.of());

        assertThat(settings.get(ServiceOptions.BOOTSTRAP_SERVERS)).containsExactly("127.0.0.1:9092");
        assertThat(settings.get(ServiceOptions.STARTUP_TIMEOUT)).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.get(ServiceOptions.SCHEMA_REGISTRY_URL))
                .containsExactly(URI.create("http://127.0.0.1:8081"));
        assertThat(settings.get(ServiceOptions.TOPIC_PREFIX)).isEqualTo("leat.");
        assertThat(settings.get(ServiceOptions.PARTITIONS)).isEqualTo(12);
        assertThat(settings.get(ServiceOptions.REPLICATION_FACTOR)).isEmpty();
        assertThat(settings.get(ServiceOptions.HTTP_HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.get(ServiceOptions.HTTP_PORT)).isEmpty();
        assertThat(settings.get(ServiceOptions.SERIALIZER)).isEqualTo("dev.leat.schemas.serde.AvroSerializer");
        assertThat(settings.get(ServiceOptions.DESERIALIZER)).isEqualTo("dev.leat.schemas.serde.AvroDeserializer");
    }

    @Test
    void shouldMapEachServiceOption() {
        Map<String, String> all = Map.of("leat.bootstrap.servers", "a:1,b:2", "leat.startup.timeout", "5s",
                "leat.schema.registry.url", "https://r:1", "leat.topic.prefix", "mill.", "leat.partitions", "3",
                "leat.replication.factor", "2", "leat.http.host", "0.0.0.0", "leat.http.port", "0",
                "leat.serde.serializer", "a.B", "leat.serde.deserializer", "a.C");
        OptionCatalog catalog = OptionCatalog.of(ServiceOptions.class);
        Settings settings = Settings.of(catalog, all);

        assertThat(all.keySet()).isEqualTo(catalog.keys());
        assertThat(settings.get(ServiceOptions.BOOTSTRAP_SERVERS)).containsExactly("a:1", "b:2");
        assertThat(settings.get(ServiceOptions.STARTUP_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(ServiceOptions.SCHEMA_REGISTRY_URL)).containsExactly(URI.create("https://r:1"));
        assertThat(settings.get(ServiceOptions.TOPIC_PREFIX)).isEqualTo("mill.");
        assertThat(settings.get(ServiceOptions.PARTITIONS)).isEqualTo(3);
        assertThat(settings.get(ServiceOptions.REPLICATION_FACTOR)).contains(2);
        assertThat(settings.get(ServiceOptions.HTTP_HOST)).isEqualTo("0.0.0.0");
        assertThat(settings.get(ServiceOptions.HTTP_PORT)).contains(0);
        assertThat(settings.get(ServiceOptions.SERIALIZER)).isEqualTo("a.B");
        assertThat(settings.get(ServiceOptions.DESERIALIZER)).isEqualTo("a.C");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("leat.properties"), text);
    }

    /** Options of a service that only this test has. */
    @OptionGroup("Mill")
    public static final class MillOptions {
        public static final Option<Integer> STONES = Option.integer("leat.mill.stones", "How many stones turn.")
                .unit("stones")
                .between(1, 12)
                .defaultsTo(2);
        public static final Option<Duration> REST = Option.duration("leat.mill.rest", "How long they rest.")
                .defaultsTo(Duration.ofMillis(1500));
        public static final Option<DataSize> SACK = Option.dataSize("leat.mill.sack", "What a sack holds.")
                .atLeast(new DataSize(1))
                .defaultsTo(DataSize.ofKilobytes(64));
        public static final Option<Grain> GRAIN = Option.oneOf(Grain.class, "leat.mill.grain", "What is milled.")
                .defaultsTo(Grain.OLD_RYE);
        public static final Option<List<String>> MILLERS = Option.texts("leat.mill.millers", "Who mills | grinds.")
                .defaultsTo(List.of());
        public static final Option<Boolean> OPEN = Option.bool("leat.mill.open", "Whether it is open.")
                .defaultsTo(true);
        public static final Option<Path> YARD = Option.path("leat.mill.yard", "Where carts stand.")
                .defaultsTo(Path.of("yard"));
        public static final Option<Optional<String>> PASSWORD = Option.text("leat.mill.password", "Opens the door.")
                .secret()
                .withoutDefault("none");

        private MillOptions() {}

        enum Grain {
            OLD_RYE, SPELT
        }
    }
}
