using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>What the platform says of audio and video: there are no devices, and what would need one fails.</summary>
public partial class UccPlatform : IUccMediaDeviceManager, IUccMediaDeviceSettings
{
    /// <summary>An empty collection.</summary>
    /// <param name="enMediaType">Any.</param>
    /// <param name="enMediaDirection">Any.</param>
    public IUccCollection GetDevices(UCC_MEDIA_TYPES enMediaType, UCC_MEDIA_DIRECTIONS enMediaDirection)
    {
        DemandInitialized();
        return new UccCollection([]);
    }

    /// <summary>Fails with UCC_E_MEDIA_DISABLED.</summary>
    /// <param name="enDeviceCategory">Any.</param>
    /// <param name="enMediaType">Any.</param>
    /// <param name="enMediaDirection">Any.</param>
    public IUccMediaDevice GetRecommendedDevice(
        UCC_AUDIO_VIDEO_DEVICE_CATEGORY enDeviceCategory, UCC_MEDIA_TYPES enMediaType, UCC_MEDIA_DIRECTIONS enMediaDirection) =>
        throw MediaDisabled();

    /// <summary>Fails with UCC_E_MEDIA_DISABLED.</summary>
    /// <param name="enDeviceCategory">Any.</param>
    /// <param name="enMediaType">Any.</param>
    /// <param name="enMediaDirection">Any.</param>
    public IUccMediaDevice GetSelectedDevice(
        UCC_AUDIO_VIDEO_DEVICE_CATEGORY enDeviceCategory, UCC_MEDIA_TYPES enMediaType, UCC_MEDIA_DIRECTIONS enMediaDirection) =>
        throw MediaDisabled();

    /// <summary>Fails with UCC_E_MEDIA_DISABLED.</summary>
    /// <param name="enDeviceCategory">Any.</param>
    /// <param name="enMediaType">Any.</param>
    /// <param name="enMediaDirection">Any.</param>
    /// <param name="pMediaDevice">Any.</param>
    public void SetSelectedDevice(
        UCC_AUDIO_VIDEO_DEVICE_CATEGORY enDeviceCategory, UCC_MEDIA_TYPES enMediaType, UCC_MEDIA_DIRECTIONS enMediaDirection, IUccMediaDevice? pMediaDevice) =>
        throw MediaDisabled();

    /// <summary>Fails with UCC_E_MEDIA_DISABLED.</summary>
    /// <param name="enMediaType">Any.</param>
    /// <param name="enMediaDirection">Any.</param>
    /// <param name="ppMediaDevice">None.</param>
    public void GetNullDevice(UCC_MEDIA_TYPES enMediaType, UCC_MEDIA_DIRECTIONS enMediaDirection, out IUccMediaDevice ppMediaDevice) =>
        throw MediaDisabled();

    /// <summary>Fails with UCC_E_MEDIA_DISABLED.</summary>
    public IUccPropertyCollection GetDeviceSettings() => throw MediaDisabled();

    /// <summary>Fails with UCC_E_MEDIA_DISABLED.</summary>
    /// <param name="pProperties">Any.</param>
    public void SetDeviceSettings(IUccPropertyCollection? pProperties) => throw MediaDisabled();

    /// <summary>Fails with UCC_E_MEDIA_DISABLED.</summary>
    public void ResetDeviceSettings() => throw MediaDisabled();

    /// <summary>Fails with UCC_E_MEDIA_DISABLED.</summary>
    /// <param name="hwndParent">Any.</param>
    /// <param name="lPagesToShow">Any.</param>
    public void InvokeTuningWizard(int hwndParent, int lPagesToShow = 0) => throw MediaDisabled();

    internal static HResultException MediaDisabled() =>
        new(UccHResults.UCC_E_MEDIA_DISABLED, "ComIm carries no audio and no video.");
}
