/*
 * Copyright 2026 The Tagma Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.tagma.perf;

import io.tagma.perf.flow.OrderFlow;
import io.tagma.perf.flow.OrderFlowFormat;
import io.tagma.perf.flow.OrderFlowGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;

/**
 * {@code tagma orders}: writes the order flow of a seed to a file.
 */
@Command(
    name = "orders",
    description = "Write a generated order flow to a CSV file that demo --orders reads.",
    mixinStandardHelpOptions = true)
public final class OrdersCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "FILE",
        description = "File to write, gzipped if its name ends with .gz. Must not exist.")
    private Path out;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the flow (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--events", defaultValue = "50000",
        description = "Rows, from 1 to 100,000,000 (default: ${DEFAULT-VALUE}).")
    private long events;

    /**
     * For picocli.
     */
    public OrdersCommand()
    {
    }

    @Override
    public Integer call() throws IOException
    {
        if (events < 1 || events > 100_000_000)
        {
            throw new ParameterException(
                spec.commandLine(), "--events is " + events + " and must be from 1 to 100,000,000");
        }
        if (Files.exists(out))
        {
            spec.commandLine().getErr().println(out + " exists: it is not overwritten");
            return 1;
        }
        try (OrderFlow flow = new OrderFlowGenerator(seed, events); Writer writer = open())
        {
            OrderFlowFormat.write(flow, writer);
        }
        return 0;
    }

    private Writer open() throws IOException
    {
        final OutputStream file = Files.newOutputStream(out);
        return new OutputStreamWriter(
            out.toString().endsWith(".gz") ? new GZIPOutputStream(file) : file, StandardCharsets.US_ASCII);
    }
}
