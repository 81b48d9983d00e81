package dev.leat.plugins.demo;

import dev.leat.plugin.Description;
import java.util.List;

record PrimeResult(@Description("How many prime numbers there are up to the limit.") int count,
        @Description("All of them, in ascending order.") List<Integer> primes,
        @Description("How long the job ran, pauses included, in milliseconds.") long duration) {}
