using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Realtime.Testing.Hosting;

/// <summary>Signals that a test sends to a process; their values are those of Linux.</summary>
public enum Signal
{
    /// <summary>What Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>What an init system, a container runtime or <c>kill</c> sends.</summary>
    Terminate = 15,

    /// <summary>Freezes it, as a machine does that is paused, moved or starved.</summary>
    Stop = 19,

    /// <summary>Lets a frozen one go on.</summary>
    Continue = 18,
}

/// <summary>Signals to any process.</summary>
public static class Signals
{
    /// <summary>The runtime itself can only kill.</summary>
    public static void Send(this Process process, Signal signal)
    {
        if (Kill(process.Id, (int)signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
