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
package io.tagma.ordering.replica;

import io.tagma.journal.ChronicleSilence;
import io.tagma.journal.JournalException;
import io.tagma.ordering.protocol.ReplicaStatus;
import io.tagma.ordering.transport.TimeSlice;

import java.io.PrintStream;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One running replica: launched in one call, stopped in order by {@link #close()}. A failure that it must not survive
 * stops it by itself; {@link #failure()} says why.
 */
public final class ReplicaNode implements AutoCloseable
{
    private static final int DIGEST_LENGTH = 32;

    private final ReplicaContext context;
    private final EventLog eventLog;
    private final ReplicaCore core;
    private final ReplicaTransport transport;
    private final ReplicaAgent agent;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean isRunning = true;
    private volatile Throwable failure;
    private boolean isClosed;
    private String lastWords;

    private ReplicaNode(final ReplicaContext context, final PrintStream err)
    {
        this.context = context;
        core = new ReplicaCore(context);
        boolean isStarted = false;
        EventLog log = null;
        try
        {
            log = new EventLog(context.directory(), context.integer(ReplicaSetting.ERROR_LOG_LENGTH), err);
            eventLog = log;
            final String aeronDirectory = AeronDirectories.ofReplica(
                context.aeronParent(), core.origin().clusterId(), core.origin().sender());
            transport = new ReplicaTransport(core, aeronDirectory, eventLog);
            new RunFile(core.origin().sender(), ProcessHandle.current().pid(), aeronDirectory)
                .store(context.directory());
            agent = new ReplicaAgent(core, transport);
            thread = new Thread(this::run, agent.roleName());
            transport.counters().publish();
            core.startThreads(eventLog, transport::wake);
            eventLog.onStarted();
            isStarted = true;
        }
        finally
        {
            if (!isStarted)
            {
                core.close();
                if (null != log)
                {
                    log.close();
                }
            }
        }
    }

    /**
     * Starts a replica: checks its keys, replays its journal, listens, takes part.
     *
     * @param context of the replica; concluded here if it is not.
     * @return the running replica.
     * @throws io.tagma.ordering.configuration.ConfigurationException if settings, cluster file or ports are refused.
     * @throws io.tagma.ordering.authentication.KeyException          if key files are refused.
     * @throws JournalException                                       if the journal is refused.
     */
    public static ReplicaNode launch(final ReplicaContext context)
    {
        ChronicleSilence.apply();
        final ReplicaNode node = new ReplicaNode(context.conclude(), System.err);
        node.thread.start();
        return node;
    }

    private void run()
    {
        final IdleStrategy idleStrategy = transport.idleStrategy(context);
        final long sliceNs = context.number(ReplicaSetting.TIME_SLICE_NS);
        if (sliceNs > 0)
        {
            TimeSlice.request(sliceNs, eventLog);
        }
        try
        {
            while (isRunning)
            {
                idleStrategy.idle(agent.doWork());
                core.checkNotHalted();
            }
        }
        catch (final Throwable ex)
        {
            failure = ex;
            eventLog.onError(ex);
        }
        finally
        {
            stopped.countDown();
        }
    }

    /**
     * Asks the ordering thread to end. Any thread, also a signal handler; {@link #close()} does the rest.
     */
    public void stop()
    {
        isRunning = false;
    }

    /**
     * Waits until the ordering thread has ended, by a failure or because somebody closed this.
     *
     * @throws InterruptedException if the waiting thread is interrupted.
     */
    public void awaitStop() throws InterruptedException
    {
        stopped.await();
    }

    /**
     * Why it stopped by itself.
     *
     * @return the failure, or null if there was none.
     */
    public Throwable failure()
    {
        return failure;
    }

    /**
     * What it said of itself when it was ready.
     *
     * @return one line.
     */
    public String readyLine()
    {
        final ReplicaStatus status = core.replica().status();
        return "ready replica=" + core.origin().sender() + " pid=" + ProcessHandle.current().pid() +
            " view=" + status.view() + " executed=" + status.executedSequence() +
            " incarnation=" + status.incarnation();
    }

    /**
     * Where it stood when it stopped.
     *
     * @return one line, or null before {@link #close()}.
     */
    public synchronized String stoppedLine()
    {
        return lastWords;
    }

    /**
     * Stops in order: the ordering thread, then the network, then the journal with its clean mark. After a failure
     * nothing more is written to the journal. Idempotent.
     */
    @Override
    public synchronized void close()
    {
        if (isClosed)
        {
            return;
        }
        isClosed = true;
        isRunning = false;
        awaitOrderingThread();
        transport.close();
        if (null == failure)
        {
            lastWords = describeStop();
            core.close();
        }
        else
        {
            core.abandon();
        }
        RunFile.delete(context.directory());
        eventLog.close();
    }

    private void awaitOrderingThread()
    {
        boolean isInterrupted = false;
        while (thread.isAlive())
        {
            try
            {
                thread.join();
            }
            catch (final InterruptedException ex)
            {
                isInterrupted = true;
            }
        }
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
    }

    private String describeStop()
    {
        final ReplicaStatus status = core.replica().status();
        final byte[] treeHead = new byte[DIGEST_LENGTH];
        final byte[] stateDigest = new byte[DIGEST_LENGTH];
        core.replica().treeHead(new UnsafeBuffer(treeHead), 0);
        context.service().stateDigest(new UnsafeBuffer(stateDigest), 0);
        return "stopped replica=" + core.origin().sender() + " executed=" + status.executedSequence() +
            " position=" + (status.nextPosition() - 1) + " stable=" + status.stableSequence() +
            " treeHead=" + HexFormat.of().formatHex(treeHead) +
            " stateDigest=" + HexFormat.of().formatHex(stateDigest);
    }
}
