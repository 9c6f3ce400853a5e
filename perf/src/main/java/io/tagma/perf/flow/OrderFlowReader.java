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
package io.tagma.perf.flow;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An order flow from a CSV file, plain or gzipped, line by line: nothing but the present line is held in memory.
 */
public final class OrderFlowReader implements OrderFlow
{
    /** Characters in a line at most. */
    public static final int LINE_LENGTH_MAX = 256;

    private static final int GZIP_MAGIC_FIRST = 0x1f;
    private static final int GZIP_MAGIC_SECOND = 0x8b;

    private final Path file;
    private final InputStream in;
    private final byte[] line = new byte[LINE_LENGTH_MAX];
    private final OrderRow row;
    private int lineLength;
    private long lineNumber;

    /**
     * Opens a file and reads its header.
     *
     * @param file to read; whether it is gzipped is told from its first bytes, not from its name.
     * @throws OrderFlowException if it cannot be opened, or is no such file.
     */
    public OrderFlowReader(final Path file)
    {
        this.file = file;
        row = new OrderRow(this);
        in = open(file);
        try
        {
            if (!readLine() || !OrderFlowFormat.HEADER.equals(text(0, lineLength)))
            {
                lineNumber = 1;
                throw bad("the first line must be " + OrderFlowFormat.HEADER);
            }
        }
        catch (final OrderFlowException ex)
        {
            close();
            throw ex;
        }
    }

    @Override
    public boolean next(final OrderEvent event)
    {
        if (!readLine())
        {
            return false;
        }
        row.parse(line, lineLength, event);
        return true;
    }

    @Override
    public void close()
    {
        try
        {
            in.close();
        }
        catch (final IOException ex)
        {
            throw new OrderFlowException(file + ": cannot be closed: " + ex.getMessage());
        }
    }

    OrderFlowException bad(final String what)
    {
        return new OrderFlowException(file + ", line " + lineNumber + ": " + what);
    }

    String text(final int from, final int to)
    {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static InputStream open(final Path file)
    {
        try
        {
            final BufferedInputStream plain = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            plain.mark(2);
            final boolean isGzip = GZIP_MAGIC_FIRST == plain.read() && GZIP_MAGIC_SECOND == plain.read();
            plain.reset();
            return isGzip ? new BufferedInputStream(new GZIPInputStream(plain, 1 << 16), 1 << 16) : plain;
        }
        catch (final IOException ex)
        {
            final String why = Files.exists(file) ? "cannot be read: " + ex.getMessage() : "does not exist";
            throw new OrderFlowException(file + ": " + why);
        }
    }

    private boolean readLine()
    {
        lineLength = 0;
        lineNumber++;
        try
        {
            int next = in.read();
            if (next < 0)
            {
                return false;
            }
            while (next >= 0 && '\n' != next)
            {
                if (lineLength == LINE_LENGTH_MAX)
                {
                    throw bad("longer than " + LINE_LENGTH_MAX + " characters");
                }
                line[lineLength++] = (byte)next;
                next = in.read();
            }
        }
        catch (final EOFException | ZipException ex)
        {
            throw bad("the gzip stream is damaged or ends too early (" + ex.getMessage() + ")");
        }
        catch (final IOException ex)
        {
            throw bad("cannot be read: " + ex.getMessage());
        }
        if (lineLength > 0 && '\r' == line[lineLength - 1])
        {
            lineLength--;
        }
        return true;
    }
}
