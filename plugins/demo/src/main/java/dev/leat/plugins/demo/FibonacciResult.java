package dev.leat.plugins.demo;

import dev.leat.plugin.Description;
import java.util.List;

record FibonacciResult(
        @Description("The numbers from 0 and 1 on, as decimal texts: most readers of JSON keep numbers exact only up to 2^53, which the 80th exceeds.") List<String> numbers,
        @Description("How long the job ran, pauses included, in milliseconds.") long duration) {}
