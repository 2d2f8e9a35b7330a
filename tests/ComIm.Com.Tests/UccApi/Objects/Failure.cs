using ComIm.Com.Interop;

namespace ComIm.Com.Tests.UccApi.Objects;

/// <summary>Failures by their HRESULT.</summary>
internal static class Failure
{
    public static void Is(int hresult, Action action)
    {
        var error = Assert.Throws<HResultException>(action);
        Assert.Equal($"0x{hresult:X8}", $"0x{error.HResult:X8}");
        Assert.NotEmpty(error.Message);
    }
}
