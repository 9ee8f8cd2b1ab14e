using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Realtime.Testing.Hosting;

/// <summary>The signals that ask a process to end; their values are those of Linux and macOS.</summary>
public enum Signal
{
    /// <summary>What Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>What an init system, a container runtime or <c>kill</c> sends.</summary>
    Terminate = 15,
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
