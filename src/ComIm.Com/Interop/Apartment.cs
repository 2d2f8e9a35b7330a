namespace ComIm.Com.Interop;

/// <summary>What the base needs to know of COM apartments.</summary>
internal static class Apartment
{
    /// <summary>Whether the calling thread is a single-threaded apartment, which lives by its message loop.</summary>
    public static bool IsSta => OperatingSystem.IsWindows() && Thread.CurrentThread.GetApartmentState() == ApartmentState.STA;
}
