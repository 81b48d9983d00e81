package dev.leat.submit.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.runtime.text.NearestNames;
import dev.leat.schemas.Codec;

/**
 * The job types that can be submitted, as the workers that host their plugins have announced them on the plugins
 * topic. A plugin that no live worker hosts any more stays: its jobs wait in their lanes until one comes back.
 *
 * <p>One thread calls {@link #apply}; all other methods are for any thread and see a whole snapshot.
 */
public final class JobTypeCatalog {

    private static final int SUGGESTIONS = 3;

    private final Codec<PluginDescriptor> codec;
    /** Owned by the thread that calls {@link #apply}. */
    private final Map<String, PluginDescriptor> plugins = new TreeMap<>();
    private volatile TreeMap<String, JobTypeDescriptor> jobTypes = new TreeMap<>();
    private volatile boolean loaded;

    public JobTypeCatalog(Codec<PluginDescriptor> codec) {
        this.codec = codec;
    }

    /** Says that the records that were in the topic at the start have all been applied. */
    public void loaded() {
        loaded = true;
    }

    /** Whether all is known that had been announced at the start; until then a missing job type may yet turn up. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Takes in a record of the plugins topic, in the order of the topic. */
    public void apply(ConsumerRecord<byte[], byte[]> rawRecord) {
        String plugin = new String(rawRecord.key(), StandardCharsets.UTF_8);
        if (rawRecord.value() == null) {
            plugins.remove(plugin);
        } else {
            codec.decode(rawRecord.topic(), rawRecord.value())
                    .ifPresent(descriptor -> plugins.put(plugin, descriptor));
        }
        TreeMap<String, JobTypeDescriptor> named = new TreeMap<>();
        plugins.values()
                .stream()
                .flatMap(descriptor -> descriptor.jobTypes().stream())
                .forEach(jobType -> named.put(jobType.type().toString(), jobType));
        jobTypes = named;
    }

    /** The job type of that name, as {@code plugin:name}. */
    public Optional<JobTypeDescriptor> find(String name) {
        return Optional.ofNullable(jobTypes.get(name));
    }

    /** All job types in the order of their names. */
    public Collection<JobTypeDescriptor> all() {
        return List.copyOf(jobTypes.values());
    }

    /**
     * The names that somebody may have meant by one that does not exist, likeliest first: those that are spelt nearly
     * the same, then those whose part after the colon is.
     */
    public List<String> nearest(String name) {
        Collection<JobTypeDescriptor> all = all();
        List<String> whole = NearestNames.of(name, all.stream().map(type -> type.type().toString()).toList(),
                SUGGESTIONS);
        String wanted = name.substring(name.indexOf(':') + 1);
        List<String> shortNames = NearestNames.of(wanted, all.stream().map(type -> type.type().name()).toList(),
                SUGGESTIONS);
        Stream<String> sameShortName = shortNames.stream()
                .flatMap(shortName -> all.stream()
                        .map(JobTypeDescriptor::type)
                        .filter(type -> type.name().equals(shortName))
                        .map(JobTypeName::toString));
        return Stream.concat(whole.stream(), sameShortName).distinct().limit(SUGGESTIONS).toList();
    }
}
