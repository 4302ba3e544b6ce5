<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by styles/families/access.py out of access.json: change those, not this file.
     What became of a way, an area or a road, by colour and by mark, hatch or dash. -->
<StyledLayerDescriptor version="1.1.0"
    xmlns="http://www.opengis.net/sld"
    xmlns:se="http://www.opengis.net/se"
    xmlns:ogc="http://www.opengis.net/ogc">
  <NamedLayer>
    <se:Name>road</se:Name>
    <UserStyle>
      <se:Name>road_thin</se:Name>
      <se:Description><se:Title>Roads | الطرق</se:Title></se:Description>
      <se:FeatureTypeStyle>
        <se:Rule>
          <se:Name>road</se:Name>
          <se:Description><se:Title>Roads | الطرق</se:Title></se:Description>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#8f8f8f</se:SvgParameter>
              <se:SvgParameter name="stroke-width">0.8</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:VendorOption name="firstRuleOnTop">true</se:VendorOption>
      </se:FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
